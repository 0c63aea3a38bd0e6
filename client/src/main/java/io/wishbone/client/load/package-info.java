/// A swarm of publishers and viewers that measures a WHIP and WHEP server.
///
/// [io.wishbone.client.load.Swarm] is the class to read first. Every viewer is a real session: ICE,
/// DTLS, SRTP, receiver reports, on a socket of its own, since a server tells peers apart by their
/// addresses. All packets are counted by their headers, which are not encrypted; a sample is
/// decrypted and checked, and all are until the first keyframe. So one core carries a thousand
/// viewers.
///
/// **Threads.** Sessions run on the event loops of [io.wishbone.client.load.LoadLoops], each on one
/// of them; HTTP calls block virtual threads.
///
/// **Left out on purpose.** Asking for lost packets again: what the network loses is to be seen.
@NullMarked
package io.wishbone.client.load;

import org.jspecify.annotations.NullMarked;
