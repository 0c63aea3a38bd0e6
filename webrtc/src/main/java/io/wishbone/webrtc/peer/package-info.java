/// The offering side of one WHIP or WHEP session: what a browser does inside, without I/O.
///
/// [io.wishbone.webrtc.peer.OfferingPeer] is the class to read first: it writes an offer, takes the
/// answer, runs ICE as the controlling agent and DTLS in the role that the answer leaves it, and
/// then sends or receives media. The client library puts HTTP and a socket around it, simulations
/// put it on a simulated network.
///
/// **Threads.** One: that of the transport.
///
/// **Standards.** RFC 9725 sections 4.2 and 4.4 for what offers hold, RFC 8829 for how answers
/// read.
///
/// **Left out on purpose.** Renegotiation (neither protocol has it), trickle of our own candidates
/// (a media server learns the address from the checks), gathering of reflexive candidates.
@NullMarked
package io.wishbone.webrtc.peer;

import org.jspecify.annotations.NullMarked;
