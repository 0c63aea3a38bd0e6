/// WHIP (RFC 9725) and WHEP over HTTP: the door of the cluster. Says who may come in, finds a media
/// node, passes the offer on and hands the answer back. It knows SDP as text with credentials in
/// it, and nothing of RTP.
///
/// Read in the order of a request: [io.wishbone.signaling.whip] or [io.wishbone.signaling.whep]
/// (endpoints), [io.wishbone.signaling.auth] (tokens), [io.wishbone.signaling.session] (what a
/// session is and how it changes), [io.wishbone.signaling.placement] (which node),
/// [io.wishbone.signaling.dispatch] (to that node and back), [io.wishbone.signaling.events] (what
/// players are told while they watch), [io.wishbone.signaling.admin] (what operators do),
/// [io.wishbone.signaling.ice] (STUN and TURN servers), [io.wishbone.signaling.http] (problem
/// details, entity-tags, CORS), and [io.wishbone.signaling.limits] (how many requests).
///
/// Threads: every request runs on a virtual thread of its own and may wait there. Nothing runs on
/// an event loop but the header filters of [io.wishbone.signaling.http] and
/// [io.wishbone.signaling.limits].
///
/// A program that uses this room provides two beans: `io.wishbone.control.MediaNodes` and
/// `io.wishbone.control.NodeEvents`, the carrier to its media nodes. The stores come from the room
/// session-store.
@NullMarked
package io.wishbone.signaling;

import org.jspecify.annotations.NullMarked;
