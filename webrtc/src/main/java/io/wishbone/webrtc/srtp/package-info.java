/// SRTP and SRTCP: protects and unprotects packets in place, where they lie in a buffer.
///
/// Follows RFC 3711 (framework, AES counter mode with HMAC-SHA1, key derivation), RFC 7714
/// (AES-GCM) and RFC 5764 section 4.2 (keys out of a DTLS handshake).
///
/// A session belongs to one thread, the worker's event loop, and so does the
/// [io.wishbone.webrtc.srtp.SrtpCipherProvider] it was made with. Nothing here reads a clock. What
/// comes from the network never throws: it ends as an [io.wishbone.webrtc.srtp.SrtpFailure] code.
///
/// Left out on purpose: master key identifiers, key derivation rates other than zero, re-keying
/// inside a session (WebRTC takes a new DTLS handshake), header extension encryption (RFC 6904, RFC
/// 9335), 32-bit tags and NULL ciphers.
///
/// Read [io.wishbone.webrtc.srtp.SrtpSession] first.
@NullMarked
package io.wishbone.webrtc.srtp;

import org.jspecify.annotations.NullMarked;
