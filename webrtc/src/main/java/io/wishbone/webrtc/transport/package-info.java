/// One BUNDLE with one remote peer: ICE, DTLS and SRTP behind a single demultiplexer.
///
/// [io.wishbone.webrtc.transport.PeerTransport] is the class to read first. A datagram comes in,
/// its first byte says what it is (RFC 7983), ICE says whether its source may be heard at all, and
/// what is left over after DTLS and SRTP are plain RTP and RTCP packets for the
/// [io.wishbone.webrtc.transport.TransportListener].
///
/// **Threads.** Everything here runs on the worker's thread, except for the DTLS steps, which
/// [io.wishbone.webrtc.transport.Offload] may run elsewhere, one at a time for a transport, and
/// whose results it brings back to the worker's thread.
///
/// **Standards.** RFC 9143 (BUNDLE), RFC 5761 (RTP and RTCP on one port), RFC 7983
/// (demultiplexing), RFC 5764 (DTLS-SRTP).
///
/// **Left out on purpose.** ICE-TCP (RFC 6544), more than one component, and anything about what
/// the packets mean: codecs and streams belong to the media node.
@NullMarked
package io.wishbone.webrtc.transport;

import org.jspecify.annotations.NullMarked;
