/// The language between signalling and media nodes: commands to a node, its replies, and the events
/// that it reports on its own account, with the carriers that bring them there.
///
/// Signalling talks through [io.wishbone.control.MediaNodes] and [io.wishbone.control.NodeEvents];
/// a media node is reached through [io.wishbone.control.CommandHandler] and reports through
/// [io.wishbone.control.EventPublisher]. [io.wishbone.control.InProcessCarrier] joins both sides in
/// one process; carriers that cross a network use [io.wishbone.control.ControlCodec].
///
/// Threads: a carrier calls a handler or listener on whatever thread it was called on itself, so
/// nobody may block there; each side hops to a thread of its own. Messages are immutable.
///
/// Left out on purpose: SDP and ICE. Offers, answers and fragments travel as the text that was
/// received, so that neither side depends on the other's parser.
///
/// Read first: [io.wishbone.control.Command].
@NullMarked
package io.wishbone.control;

import org.jspecify.annotations.NullMarked;
