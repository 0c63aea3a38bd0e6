package io.wishbone.client.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.payload.KeyframeDetector;
import io.wishbone.webrtc.sdp.MediaKind;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class Vp8PacketizerTest {

  @Test
  void cutsFramesThatJoinToThemselves() {
    Vp8Packetizer packetizer = new Vp8Packetizer();
    for (LoopFrame frame : MediaLoop.testPicture().frames()) {
      if (frame.kind() == MediaKind.VIDEO) {
        List<byte[]> payloads = packetizer.packetize(frame.data());

        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        payloads.forEach(payload -> joined.write(payload, 4, payload.length - 4));
        assertThat(joined.toByteArray()).isEqualTo(frame.data());
        assertThat(payloads).allMatch(payload -> payload.length <= 1_100);
        assertThat(startsKeyframe(payloads.getFirst())).isEqualTo(frame.keyframe());
      }
    }
  }

  @Test
  void numbersPicturesUpToFifteenBits() {
    Vp8Packetizer packetizer = new Vp8Packetizer();
    for (int i = 0; i < 0x8000; i++) {
      assertThat(pictureId(packetizer.packetize(new byte[1]).getFirst())).isEqualTo(i);
    }
    assertThat(pictureId(packetizer.packetize(new byte[1]).getFirst())).isZero();
  }

  private static int pictureId(byte[] payload) {
    return (payload[2] & 0x7f) << 8 | payload[3] & 0xff;
  }

  private static boolean startsKeyframe(byte[] payload) {
    return KeyframeDetector.startsKeyframe(Codec.VP8, ByteBuffer.wrap(payload), 0, payload.length);
  }
}
