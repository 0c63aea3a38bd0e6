/// A strict judge of answers, for tests: given an offer and an answer as text,
/// [io.wishbone.webrtc.jsep.AnswerChecker] names every rule of offer and answer that is broken.
///
/// It reads both texts by itself, with nothing of `webrtc.sdp`: a fault of the product's reader or
/// writer must not hide from it. It trusts the offer and doubts the answer. Where an RFC leaves a
/// choice that this project has made, the choice is checked: `a=rtcp-mux-only` in answers, port 9,
/// no `a=ssrc`, a stream id that is never `-`.
///
/// **Threads.** Pure functions on strings, any thread.
///
/// **Standards.** RFC 8866 (text), RFC 3264 section 6 and RFC 9429 section 5.3.1 (answers), RFC
/// 9143 (BUNDLE), RFC 5761 and 8858 (rtcp-mux), RFC 8839 and 8445 (ICE), RFC 8842 and 8122 (DTLS),
/// RFC 8285 (header extensions), RFC 4585 (feedback), RFC 4588 (retransmissions), RFC 6184 (H.264),
/// RFC 8851 and 8853 (simulcast), RFC 8830 (streams), RFC 9725 section 4.4.
///
/// **Left out on purpose.** Offers of the server, and answers to a second offer: there are none.
@NullMarked
package io.wishbone.webrtc.jsep;

import org.jspecify.annotations.NullMarked;
