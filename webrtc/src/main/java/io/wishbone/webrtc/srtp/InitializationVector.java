package io.wishbone.webrtc.srtp;

/// The initialization vectors of one cipher, made in one array that is used again and again.
///
/// GCM (RFC 7714 section 8.1 and 9.1) and counter mode (RFC 3711 section 4.1.1) differ in little
/// more than where the salt ends: SSRC and packet index are xor-ed into its last ten bytes. An
/// SRTCP index has 31 bits, and the bits above it are zero.
///
/// ```text
/// GCM           00 00 SSRC[4] index[6]              xor  salt[12]
/// counter mode  00 00 00 00 SSRC[4] index[6] 00 00  xor  salt[14] 00 00
/// ```
///
/// The last two bytes in counter mode count blocks, from zero.
final class InitializationVector {

  private static final int VARIABLE_LENGTH = 10;

  private final byte[] salt;
  private final byte[] iv;
  private final int variableOffset;

  InitializationVector(SrtpProfile profile, byte[] salt) {
    this.salt = salt;
    this.iv = new byte[profile.isAead() ? salt.length : salt.length + 2];
    this.variableOffset = salt.length - VARIABLE_LENGTH;
    System.arraycopy(salt, 0, iv, 0, salt.length);
  }

  int prefetch() {
    return salt[0] + iv[0];
  }

  /// Valid until the next call.
  byte[] of(int ssrc, long index) {
    int at = variableOffset;
    for (int shift = 24; shift >= 0; shift -= 8, at++) {
      iv[at] = (byte) (salt[at] ^ (ssrc >>> shift));
    }
    for (int shift = 40; shift >= 0; shift -= 8, at++) {
      iv[at] = (byte) (salt[at] ^ (index >>> shift));
    }
    return iv;
  }
}
