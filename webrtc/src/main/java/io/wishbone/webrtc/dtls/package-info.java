/// DTLS 1.2 for SRTP (RFC 6347, RFC 5764), both roles: a stepping facade over BouncyCastle.
///
/// BouncyCastle's handshake blocks. Here it runs in a virtual thread that is handed the baton:
/// every call of [DtlsAssociation] resumes it, waits until it asks for the next datagram, and
/// returns what it wanted to send. So a caller sees a state machine: datagram or timeout in,
/// datagrams and the next timeout out. The virtual thread ends with the handshake; a connected
/// association is a few objects and no thread.
///
/// Runs on whichever thread calls a step; never two steps of one association at a time. A step may
/// take milliseconds of CPU while it handshakes. [DtlsFilter] is cheap enough for an event loop.
///
/// This is the only package of the protocol library that knows BouncyCastle, starts threads or
/// names `java.util.concurrent`.
///
/// Left out on purpose: DTLS 1.0, 1.3, HelloVerifyRequest (ICE has validated the address before),
/// renegotiation, resumption, heartbeats, connection ids, MKI, application data.
///
/// Read [DtlsAssociation] first, then [SteppedHandshake].
@NullMarked
package io.wishbone.webrtc.dtls;

import org.jspecify.annotations.NullMarked;
