/// WebRTC as a pure protocol library, sans-IO, for the server role and the client role.
@NullMarked
package io.wishbone.webrtc;

import org.jspecify.annotations.NullMarked;
