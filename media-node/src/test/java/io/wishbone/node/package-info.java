@NullMarked
package io.wishbone.node;

import org.jspecify.annotations.NullMarked;
