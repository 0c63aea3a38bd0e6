/// The URIs of STUN (RFC 7064) and TURN servers (RFC 7065), as clients are told them.
@NullMarked
package io.wishbone.webrtc.uri;

import org.jspecify.annotations.NullMarked;
