@NullMarked
package io.wishbone.store;

import org.jspecify.annotations.NullMarked;
