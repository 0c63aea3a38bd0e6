package io.wishbone.webrtc.srtp.backend;

import io.wishbone.webrtc.srtp.SrtpChannel;
import io.wishbone.webrtc.srtp.SrtpCipher;
import io.wishbone.webrtc.srtp.SrtpCipherProvider;
import io.wishbone.webrtc.srtp.SrtpProfile;
import io.wishbone.webrtc.srtp.SrtpSessionKeys;

/// AES-GCM of intel-ipsec-mb, and the rest of another back end.
final class IpsecMbCipherProvider implements SrtpCipherProvider {
  private final PacketMemory memory = new PacketMemory();
  private final SrtpCipherProvider others;

  IpsecMbCipherProvider(SrtpCipherProvider others) {
    this.others = others;
  }

  @Override
  public String name() {
    return "ipsec-mb";
  }

  @Override
  public SrtpCipher cipher(SrtpProfile profile, SrtpChannel channel, SrtpSessionKeys keys) {
    return switch (profile) {
      case AEAD_AES_128_GCM, AEAD_AES_256_GCM -> new IpsecMbGcmCipher(channel, keys, memory);
      case AES128_CM_HMAC_SHA1_80 -> others.cipher(profile, channel, keys);
    };
  }
}
