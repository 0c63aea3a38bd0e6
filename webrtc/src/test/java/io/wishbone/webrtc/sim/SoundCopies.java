package io.wishbone.webrtc.sim;

import io.wishbone.webrtc.peer.NegotiatedTrack;
import java.nio.ByteBuffer;

/// Opus with a copy of the packet before in each (RED, RFC 2198), as Chromium sends it.
public final class SoundCopies {
  /// 20 ms of samples.
  private static final int TIMESTAMP_OFFSET = 960;

  private final int payloadType;
  private int blockPayloadType;
  private byte[] before = {};
  private boolean broken;

  SoundCopies(int payloadType) {
    this.payloadType = payloadType;
  }

  /// An offer of Opus as payload type `opus`, with RED in front of it or behind it.
  public static String offer(String offer, int opus, int red, boolean first) {
    String formats = first ? red + " " + opus : opus + " " + red;
    return offer
        .replace("RTP/SAVPF " + opus + "\r\n", "RTP/SAVPF " + formats + "\r\n")
        .replace(
            "a=rtpmap:" + opus + " opus/48000/2\r\n",
            "a=rtpmap:%d opus/48000/2\r\na=rtpmap:%d red/48000/2\r\na=fmtp:%d %d/%d\r\n"
                .formatted(opus, red, red, opus, opus));
  }

  /// Says that copies are longer than packets are, from now on.
  public void breakLengths(boolean now) {
    broken = now;
  }

  NegotiatedTrack track(NegotiatedTrack of) {
    blockPayloadType = of.payloadType();
    return new NegotiatedTrack(
        of.kind(),
        of.mid(),
        of.codec(),
        payloadType,
        of.midExtension(),
        of.ridExtension(),
        of.transportCcExtension(),
        of.repairedRidExtension(),
        of.dependencyDescriptorExtension(),
        of.rtxPayloadType(),
        of.answersNacks(),
        of.encodings());
  }

  SyntheticPayload of(SyntheticPayload sound) {
    ByteBuffer bytes = ByteBuffer.allocate(5 + before.length + sound.bytes().length);
    if (before.length > 0) {
      int length = broken ? 0x3ff : before.length;
      bytes.putInt((0x80 | blockPayloadType) << 24 | TIMESTAMP_OFFSET << 10 | length);
    }
    bytes.put((byte) blockPayloadType).put(before).put(sound.bytes());
    before = sound.bytes();
    byte[] payload = new byte[bytes.position()];
    bytes.get(0, payload);
    return new SyntheticPayload(payload, sound.timestamp(), sound.marker(), sound.keyframe());
  }
}
