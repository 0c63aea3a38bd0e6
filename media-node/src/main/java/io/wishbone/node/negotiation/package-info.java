/// Offer in, answer out: what a peer and the node agree on, as text for the peer and as facts for
/// the session.
///
/// [io.wishbone.node.negotiation.PublisherAnswerer] answers who sends (WHIP),
/// [io.wishbone.node.negotiation.SubscriberAnswerer] who receives (WHEP); both return a
/// [io.wishbone.node.negotiation.Negotiation] or refuse with an
/// [io.wishbone.node.negotiation.OfferRefusedException] that says which section is at fault. They
/// differ in one point on purpose: a publisher's offer is taken whole or not at all (RFC 9725
/// section 4.4.3), a viewer's section that does not fit is answered with port 0.
///
/// **Threads.** Pure functions, any thread.
///
/// **Standards.** RFC 9725 section 4.4, RFC 9429 section 5.3.1 (answers), RFC 9143 (BUNDLE), RFC
/// 8842 (DTLS roles), RFC 8853 (simulcast), RFC 8285 (header extensions), RFC 6184 section 8.2.2
/// (H.264), RFC 2198 (RED).
///
/// **Left out on purpose.** Renegotiation (RFC 9725 has none), data channels (answered with port
/// 0), FEC and everything else that is offered but not forwarded. RED is agreed on for Opus alone.
/// An answer announces an SSRC only where a viewer needs it.
@NullMarked
package io.wishbone.node.negotiation;

import org.jspecify.annotations.NullMarked;
