@NullMarked
package io.wishbone.signaling.tracing;

import org.jspecify.annotations.NullMarked;
