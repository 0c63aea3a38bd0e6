package io.wishbone.webrtc.srtp;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Session keys out of a master key, RFC 3711 section 4.3, with a key derivation rate of zero.
///
/// `x = label * 2^48 xor master_salt`, and the key is what AES in counter mode makes of `x * 2^16`.
/// A GCM salt has 12 bytes and is taken as if two zero bytes followed it (RFC 7714 section 11).
final class KeyDerivation {

  private static final int BLOCK_LENGTH = 16;
  private static final int LABEL_OFFSET = 7;

  private KeyDerivation() {}

  static SrtpSessionKeys derive(SrtpProfile profile, SrtpKeys keys, SrtpChannel channel) {
    return new SrtpSessionKeys(
        derive(keys, channel.encryptionLabel(), profile.keyLength()),
        derive(keys, channel.authenticationLabel(), profile.authenticationKeyLength()),
        derive(keys, channel.saltLabel(), profile.saltLength()));
  }

  static byte[] derive(SrtpKeys keys, int label, int length) {
    byte[] block = Arrays.copyOf(keys.masterSalt(), BLOCK_LENGTH);
    block[LABEL_OFFSET] ^= (byte) label;
    try {
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(keys.masterKey(), "AES"),
          new IvParameterSpec(block));
      return cipher.doFinal(new byte[length]);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES counter mode is not usable", e);
    }
  }
}
