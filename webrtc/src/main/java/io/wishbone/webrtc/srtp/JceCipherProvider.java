package io.wishbone.webrtc.srtp;

import java.security.GeneralSecurityException;

/// Ciphers of the Java platform. Runs everywhere, and is what the native back ends are measured by.
public final class JceCipherProvider implements SrtpCipherProvider {

  private final Scratch scratch = new Scratch();

  @Override
  public String name() {
    return "jce";
  }

  @Override
  public SrtpCipher cipher(SrtpProfile profile, SrtpChannel channel, SrtpSessionKeys keys) {
    try {
      return switch (profile) {
        case AEAD_AES_128_GCM, AEAD_AES_256_GCM -> new JceGcmCipher(channel, keys, scratch);
        case AES128_CM_HMAC_SHA1_80 -> new JceCounterModeCipher(profile, keys, scratch);
      };
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(profile + " is not usable on this platform", e);
    }
  }
}
