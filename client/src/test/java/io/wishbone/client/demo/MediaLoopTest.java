package io.wishbone.client.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wishbone.webrtc.sdp.MediaKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class MediaLoopTest {

  @Test
  void testPictureHasTenSecondsOfPictureAndSound() {
    MediaLoop loop = MediaLoop.testPicture();

    assertThat(loop.durationNanos()).isEqualTo(10_000_000_000L);
    assertThat(loop.frames()).filteredOn(frame -> frame.kind() == MediaKind.VIDEO).hasSize(250);
    assertThat(loop.frames()).filteredOn(frame -> frame.kind() == MediaKind.AUDIO).hasSize(500);
    assertThat(loop.frames()).extracting(LoopFrame::atNanos).isSorted();
  }

  @Test
  void testPictureLetsViewersInAtEveryHalfSecond() {
    List<Long> keyframes =
        MediaLoop.testPicture().frames().stream()
            .filter(frame -> frame.kind() == MediaKind.VIDEO && frame.keyframe())
            .map(LoopFrame::atNanos)
            .toList();

    assertThat(keyframes.getFirst()).isZero();
    for (int i = 1; i < keyframes.size(); i++) {
      assertThat(keyframes.get(i) - keyframes.get(i - 1)).isLessThanOrEqualTo(500_000_000L);
    }
  }

  @Test
  void refusesAnotherFile() {
    assertThatThrownBy(() -> MediaLoop.read(new ByteArrayInputStream(new byte[64])))
        .isInstanceOf(IOException.class)
        .hasMessage("not a media loop");
  }
}
