@NullMarked
package io.wishbone.bench;

import org.jspecify.annotations.NullMarked;
