/// Session descriptions and trickle fragments: text to immutable records and back.
///
/// Start with [SessionDescription]; its sections are [MediaDescription]s, whose accessors give the
/// attributes as types ([RtpMap], [IceCandidate], [Fingerprint] …), at session level where the
/// section itself is silent. The body of a WHIP or WHEP PATCH is an [SdpFragment]. An answer is put
/// together with [MediaDescription#builder].
///
/// Follows RFC 8866 (grammar) and, for the attributes, RFC 8839 (ICE), 8840 (fragments), 8122
/// (fingerprint), 8842 (setup), 5888 and 9143 (group, BUNDLE), 5761 and 8858 (rtcp-mux), 4585
/// (rtcp-fb), 8285 (extmap), 8830 (msid), 5576 (ssrc), 8851 (rid) and 8853 (simulcast).
///
/// Pure functions on strings: any thread. The text comes from strangers; everything is bounded by
/// [Limits], and a refusal is always an [SdpParseException] that names the line.
///
/// Left out on purpose: judging whether an offer can be answered (that is negotiation), multicast,
/// encryption keys (`k=`), and every attribute that no one here reads; those are kept as they came.
@NullMarked
package io.wishbone.webrtc.sdp;

import org.jspecify.annotations.NullMarked;
