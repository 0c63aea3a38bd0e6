/// Session descriptions <-> records (RFC 8866, RFC 9429).
@NullMarked
package io.wishbone.webrtc.sdp;

import org.jspecify.annotations.NullMarked;
