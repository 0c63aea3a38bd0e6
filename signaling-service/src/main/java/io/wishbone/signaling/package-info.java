/// WHIP and WHEP over HTTP: authorization, placement and dispatch.
@NullMarked
package io.wishbone.signaling;

import org.jspecify.annotations.NullMarked;
