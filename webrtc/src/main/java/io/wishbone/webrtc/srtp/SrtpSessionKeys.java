package io.wishbone.webrtc.srtp;

/// The session keys of one direction and one channel, derived from the master key.
///
/// A plain class, not a record: keys have no business in `toString`.
public final class SrtpSessionKeys {

  private final byte[] encryptionKey;
  private final byte[] authenticationKey;
  private final byte[] salt;

  SrtpSessionKeys(byte[] encryptionKey, byte[] authenticationKey, byte[] salt) {
    this.encryptionKey = encryptionKey;
    this.authenticationKey = authenticationKey;
    this.salt = salt;
  }

  /// For AES.
  public byte[] encryptionKey() {
    return encryptionKey.clone();
  }

  /// For HMAC-SHA1; empty where the profile is an AEAD.
  public byte[] authenticationKey() {
    return authenticationKey.clone();
  }

  /// For the initialization vectors.
  byte[] salt() {
    return salt.clone();
  }
}
