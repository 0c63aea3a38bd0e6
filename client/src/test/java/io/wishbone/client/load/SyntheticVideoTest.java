package io.wishbone.client.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.payload.KeyframeDetector;
import io.wishbone.webrtc.payload.PictureSize;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class SyntheticVideoTest {
  private static final int FRAME_BYTES = LoadPlan.frameOfPackets(40);

  private final SyntheticVideo video = new SyntheticVideo(FRAME_BYTES);

  @Test
  void framesAreAsLongAsAskedForAndSayWhenTheyWereSent() {
    video.next(true, 1);
    List<byte[]> payloads = video.next(false, 123_456_789);

    assertThat(payloads).hasSize(40);
    assertThat(payloads)
        .allSatisfy(payload -> assertThat(payload).hasSize(SyntheticVideo.PAYLOAD_BYTES));
    byte[] last = payloads.getLast();
    assertThat(SyntheticVideo.sentNanos(ByteBuffer.wrap(last), 0, last.length))
        .isEqualTo(123_456_789);
    byte[] first = payloads.getFirst();
    assertThat(SyntheticVideo.sentNanos(ByteBuffer.wrap(first), 0, first.length)).isEqualTo(-1);
  }

  @Test
  void beginsWithAKeyframeThatTellsItsSize() {
    ByteBuffer first = ByteBuffer.wrap(video.next(true, 1).getFirst());

    assertThat(KeyframeDetector.startsKeyframe(Codec.VP8, first, 0, first.limit())).isTrue();
    assertThat(new PictureSize().read(Codec.VP8, first, 0, first.limit())).isTrue();
    ByteBuffer next = ByteBuffer.wrap(video.next(false, 1).getFirst());
    assertThat(KeyframeDetector.startsKeyframe(Codec.VP8, next, 0, next.limit())).isFalse();
  }

  @Test
  void theStampIsNeverCut() {
    for (int bytes = 1; bytes < 3 * SyntheticVideo.PAYLOAD_BYTES; bytes += 7) {
      var small = new SyntheticVideo(bytes);
      for (int frame = 0; frame < 3; frame++) {
        byte[] last = small.next(frame == 0, 99).getLast();
        assertThat(SyntheticVideo.sentNanos(ByteBuffer.wrap(last), 0, last.length)).isEqualTo(99);
      }
    }
  }
}
