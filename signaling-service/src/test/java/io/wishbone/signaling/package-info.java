@NullMarked
package io.wishbone.signaling;

import org.jspecify.annotations.NullMarked;
