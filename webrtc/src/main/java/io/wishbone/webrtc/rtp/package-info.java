/// RTP as bytes: a packet view over a buffer, header extensions, and the arithmetic of numbers that
/// wrap around.
///
/// Implements [RFC 3550](https://www.rfc-editor.org/rfc/rfc3550) section 5.1 (the fixed header) and
/// [RFC 8285](https://www.rfc-editor.org/rfc/rfc8285) (one-byte and two-byte header extensions).
///
/// Read [io.wishbone.webrtc.rtp.RtpPacket] first: it is what every packet on its way through the
/// server is looked at with.
///
/// Runs on the thread that owns the buffer, keeps no clock and starts nothing. Views and writers
/// are reused from packet to packet and belong to one thread.
///
/// Left out on purpose: writing CSRC lists (nothing here mixes), extension profiles other than RFC
/// 8285, and the meaning of the elements: that belongs to whoever negotiated them.
@NullMarked
package io.wishbone.webrtc.rtp;

import org.jspecify.annotations.NullMarked;
