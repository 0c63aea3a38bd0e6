@NullMarked
package io.wishbone.signaling.placement;

import org.jspecify.annotations.NullMarked;
