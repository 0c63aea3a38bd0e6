@NullMarked
package io.wishbone.webrtc.nack;

import org.jspecify.annotations.NullMarked;
