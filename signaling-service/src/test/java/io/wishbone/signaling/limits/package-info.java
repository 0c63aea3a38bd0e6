@NullMarked
package io.wishbone.signaling.limits;

import org.jspecify.annotations.NullMarked;
