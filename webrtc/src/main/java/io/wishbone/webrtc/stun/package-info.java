/// STUN messages <-> bytes (RFC 8489): the part of it that ICE needs.
///
/// Binding requests, responses and indications with short-term credentials (MESSAGE-INTEGRITY,
/// HMAC-SHA1), FINGERPRINT, XOR-MAPPED-ADDRESS and the attributes of RFC 8445. [StunReader] is a
/// view over a received datagram, [StunWriter] writes into the outbox, [UfragTable] finds the
/// session of a datagram, [StunRateLimiter] stands in front of all of it.
///
/// Everything here runs on the thread of the worker that owns it, allocates nothing a message, and
/// never throws for what came from the network.
///
/// Left out on purpose: long-term credentials, MESSAGE-INTEGRITY-SHA256 (ICE agents do not
/// negotiate it), RFC 3489 messages without the magic cookie, ALTERNATE-SERVER, TURN.
///
/// Read [StunReader] first.
@NullMarked
package io.wishbone.webrtc.stun;

import org.jspecify.annotations.NullMarked;
