@NullMarked
package io.wishbone.signaling.relay;

import org.jspecify.annotations.NullMarked;
