package io.wishbone.webrtc.srtp;

/// Memory for packets on their way through a cipher that works on arrays. Shared by all ciphers of
/// a provider, each of which has it for the time of one call; grows to the largest packet seen.
final class Scratch {

  private static final int INITIAL_CAPACITY = 2048;

  private byte[] bytes = new byte[INITIAL_CAPACITY];

  /// An array with at least this many bytes, whose content is not defined.
  byte[] bytes(int length) {
    if (bytes.length < length) {
      bytes = new byte[Math.max(length, 2 * bytes.length)];
    }
    return bytes;
  }
}
