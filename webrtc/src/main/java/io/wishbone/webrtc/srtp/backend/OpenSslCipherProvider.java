package io.wishbone.webrtc.srtp.backend;

import io.wishbone.webrtc.srtp.SrtpChannel;
import io.wishbone.webrtc.srtp.SrtpCipher;
import io.wishbone.webrtc.srtp.SrtpCipherProvider;
import io.wishbone.webrtc.srtp.SrtpProfile;
import io.wishbone.webrtc.srtp.SrtpSessionKeys;

/// Ciphers of OpenSSL 3.
final class OpenSslCipherProvider implements SrtpCipherProvider {
  private final PacketMemory memory = new PacketMemory();

  @Override
  public String name() {
    return "openssl";
  }

  @Override
  public SrtpCipher cipher(SrtpProfile profile, SrtpChannel channel, SrtpSessionKeys keys) {
    return switch (profile) {
      case AEAD_AES_128_GCM, AEAD_AES_256_GCM -> new OpenSslGcmCipher(channel, keys, memory);
      case AES128_CM_HMAC_SHA1_80 -> new OpenSslCounterModeCipher(keys, memory);
    };
  }
}
