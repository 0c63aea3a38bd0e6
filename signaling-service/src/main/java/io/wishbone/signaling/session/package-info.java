/// Sessions, whichever protocol opened them: opening, trickle and restart of ICE (RFC 9725 section
/// 4.3), ending, and who may publish a stream that has a publisher already.
///
/// A session lives at the node; what is stored here is what a later request needs to know: the
/// node, the entity-tag of the current ICE session and the client's ICE credentials in it.
///
/// Read first: [io.wishbone.signaling.session.SessionOpener].
@NullMarked
package io.wishbone.signaling.session;

import org.jspecify.annotations.NullMarked;
