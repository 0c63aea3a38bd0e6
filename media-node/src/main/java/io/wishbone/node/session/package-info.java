/// What happens to media and feedback of one peer, around its
/// [io.wishbone.webrtc.transport.PeerTransport].
///
/// A [io.wishbone.node.session.PublisherSession] is the source of a stream: it finds out which
/// encoding a packet belongs to, keeps statistics, reports arrivals and losses, asks for keyframes.
/// A [io.wishbone.node.session.SubscriberSession] is a sink: for each of its tracks, an
/// [io.wishbone.node.session.EgressTrack] selects, renumbers and sends. Feedback walks the same
/// stairs back.
///
/// **Threads.** On the worker's thread; time and randomness are arguments. Packets cause no
/// allocation here, reports do.
///
/// **Standards.** RFC 3550 section 6 (reports), RFC 4585 (PLI), RFC 5104 (FIR), RFC 5506
/// (reduced-size RTCP), RFC 9143 section 9.2 (which section a packet belongs to), RFC 8852 (which
/// encoding).
///
/// **Left out on purpose.** Retransmissions either way (viewers' NACKs are counted), and estimating
/// what a viewer's path can carry.
@NullMarked
package io.wishbone.node.session;

import org.jspecify.annotations.NullMarked;
