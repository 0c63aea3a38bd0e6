package io.wishbone.webrtc.srtp;

/// Makes ciphers of one back end. One per worker: its ciphers may share scratch memory, and are
/// used on that worker's thread only.
public interface SrtpCipherProvider {

  /// What an operator reads in the log.
  String name();

  /// @throws IllegalStateException if the platform lacks an algorithm
  SrtpCipher cipher(SrtpProfile profile, SrtpChannel channel, SrtpSessionKeys keys);
}
