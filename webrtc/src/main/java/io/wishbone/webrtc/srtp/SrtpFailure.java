package io.wishbone.webrtc.srtp;

/// Why a packet was not protected or unprotected. Travels as a negative number where a length is
/// expected, so that the packet path allocates and throws nothing.
public enum SrtpFailure {
  /// Too short, not version 2, or a header that reaches beyond the packet.
  MALFORMED,
  /// The tag does not match: forged, damaged, or protected with other keys.
  BAD_TAG,
  /// Received before.
  REPLAYED,
  /// So old that the replay window no longer knows whether it was received before.
  TOO_OLD,
  /// From one more SSRC than a session keeps track of.
  TOO_MANY_SSRCS,
  /// Nothing may be sent under these keys any more: all indices are used.
  INDEX_EXHAUSTED,
  /// The buffer does not hold what was announced, or has no room for the tag, or is read-only.
  NO_ROOM,
  /// The cryptographic back end refused to work. Not caused by a peer.
  CIPHER_FAILED;

  private static final SrtpFailure[] FAILURES = values();

  /// Always negative.
  public int code() {
    return -1 - ordinal();
  }

  /// The failure behind a negative result.
  public static SrtpFailure of(int code) {
    if (code >= 0 || code < -FAILURES.length) {
      throw new IllegalArgumentException("not a failure: " + code);
    }
    return FAILURES[-1 - code];
  }
}
