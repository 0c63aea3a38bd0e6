@NullMarked
package io.wishbone.signaling.region;

import org.jspecify.annotations.NullMarked;
