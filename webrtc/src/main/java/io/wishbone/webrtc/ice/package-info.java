/// ICE (RFC 8445): which addresses of the peer are real, and which of them is used.
///
/// [IceAgent] is what the rest of the library knows. [IceLiteAgent] is the server of today: it
/// answers checks and never sends one. [ControllingAgent] is the client: it checks the server's
/// candidates, nominates one, and asks for consent from then on (RFC 7675).
///
/// Everything runs on the thread of the worker that owns the agent. Time and randomness are
/// arguments; datagrams leave through the [io.wishbone.webrtc.Outbox].
///
/// Left out on purpose: more than one component (RTP and RTCP are multiplexed), more than one local
/// base per address family, gathering (the caller knows its addresses), TURN, ICE over TCP, the
/// frozen state (with one component there is nothing to thaw), aggressive nomination as a sender.
///
/// Read [IceAgent] first, then [IceLiteAgent].
@NullMarked
package io.wishbone.webrtc.ice;

import org.jspecify.annotations.NullMarked;
