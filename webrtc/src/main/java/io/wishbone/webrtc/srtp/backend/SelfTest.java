package io.wishbone.webrtc.srtp.backend;

import io.wishbone.webrtc.srtp.SrtpCipherProvider;
import io.wishbone.webrtc.srtp.SrtpFailure;
import io.wishbone.webrtc.srtp.SrtpKeyingMaterial;
import io.wishbone.webrtc.srtp.SrtpKeys;
import io.wishbone.webrtc.srtp.SrtpProfile;
import io.wishbone.webrtc.srtp.SrtpSession;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Whether a back end makes the packets that it should, before it gets any that matter: the known
/// answers by which libsrtp validates itself, there and back, and a forgery.
final class SelfTest {
  private static final String RTP = "800f1234decafbadcafebabe" + "ab".repeat(16);
  private static final String RTCP = "81c8000bcafebabe" + "ab".repeat(16);

  private enum Answer {
    COUNTER_MODE(
        SrtpProfile.AES128_CM_HMAC_SHA1_80,
        "e1f97a0d3e018be0d64fa32c06de4139",
        "0ec675ad498afeebb6960b3aabe6",
        "800f1234decafbadcafebabe4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb",
        "81c8000bcafebabe7128035be487b9bdbef89041f977a5a880000001993e08cd54d6c1230798"),
    GCM(
        SrtpProfile.AEAD_AES_128_GCM,
        "000102030405060708090a0b0c0d0e0f",
        "a0a1a2a3a4a5a6a7a8a9aaab",
        "800f1234decafbadcafebabec5002ede04cfdd2eb91159e0880aa06e"
            + "d2976826f796b201df3131a127e8a392",
        "81c8000bcafebabec98b8b5df0392a55852b6c21ac8e7025"
            + "c52c6fbea2b3b446ea31123ba88ce61e80000001");

    private final SrtpProfile profile;
    private final SrtpKeys keys;
    private final String rtp;
    private final String rtcp;

    Answer(SrtpProfile profile, String key, String salt, String rtp, String rtcp) {
      HexFormat hex = HexFormat.of();
      this.profile = profile;
      this.keys = new SrtpKeys(hex.parseHex(key), hex.parseHex(salt));
      this.rtp = rtp;
      this.rtcp = rtcp;
    }
  }

  private SelfTest() {}

  /// What is wrong; null when nothing is.
  static @Nullable String fault(SrtpCipherProvider provider) {
    for (Answer answer : Answer.values()) {
      for (boolean direct : new boolean[] {true, false}) {
        String fault = fault(provider, answer, direct);
        if (fault != null) {
          return fault + " with " + answer.profile;
        }
      }
    }
    return null;
  }

  private static @Nullable String fault(
      SrtpCipherProvider provider, Answer answer, boolean direct) {
    var material = new SrtpKeyingMaterial(answer.profile, answer.keys, answer.keys);
    var sender = new SrtpSession(material, provider, 1);
    ByteBuffer rtp = buffer(RTP, direct);
    ByteBuffer rtcp = buffer(RTCP, direct);
    int rtpLength = sender.protectRtp(rtp, 0, RTP.length() / 2, 0);
    int rtcpLength = sender.protectRtcp(rtcp, 0, RTCP.length() / 2);
    if (!answer.rtp.equals(hex(rtp, rtpLength)) || !answer.rtcp.equals(hex(rtcp, rtcpLength))) {
      return "does not encrypt as it should";
    }
    var receiver = new SrtpSession(material, provider);
    rtp.put(20, (byte) (rtp.get(20) ^ 1));
    int forged = receiver.unprotectRtp(rtp, 0, rtpLength);
    rtp.put(20, (byte) (rtp.get(20) ^ 1));
    if (forged != SrtpFailure.BAD_TAG.code() || !answer.rtp.equals(hex(rtp, rtpLength))) {
      return "does not refuse a forgery";
    }
    if (!RTP.equals(hex(rtp, receiver.unprotectRtp(rtp, 0, rtpLength)))
        || !RTCP.equals(hex(rtcp, receiver.unprotectRtcp(rtcp, 0, rtcpLength)))) {
      return "does not decrypt as it should";
    }
    return null;
  }

  private static ByteBuffer buffer(String packet, boolean direct) {
    ByteBuffer buffer = direct ? ByteBuffer.allocateDirect(100) : ByteBuffer.allocate(100);
    return buffer.put(0, HexFormat.of().parseHex(packet));
  }

  private static String hex(ByteBuffer buffer, int length) {
    byte[] bytes = new byte[Math.max(0, length)];
    buffer.get(0, bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
