package io.wishbone.client.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.sdp.MediaKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoopPositionTest {
  private static final long FRAME = 40;

  /// Ten pictures, 40 ns apart; keyframes at 0 and 200.
  private static final MediaLoop LOOP = loop();

  private static MediaLoop loop() {
    List<LoopFrame> frames = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      frames.add(new LoopFrame(MediaKind.VIDEO, i * FRAME, i % 5 == 0, new byte[1]));
    }
    return new MediaLoop(10 * FRAME, frames);
  }

  @Test
  void goesOnOverTheSeamWithoutABreak() {
    LoopPosition position = new LoopPosition(LOOP, 1_000);

    for (int i = 0; i < 35; i++) {
      assertThat(position.nextDueNanos()).isEqualTo(1_000 + i * FRAME);
      assertThat(position.next().atNanos()).isEqualTo(i % 10 * FRAME);
    }
  }

  @Test
  void jumpsToTheNextKeyframeWithoutABreak() {
    LoopPosition position = new LoopPosition(LOOP, 1_000);
    position.next();
    position.next();

    position.jumpToKeyframe();

    assertThat(position.nextDueNanos()).isEqualTo(1_000 + 2 * FRAME);
    assertThat(position.next().atNanos()).isEqualTo(5 * FRAME);
    assertThat(position.nextDueNanos()).isEqualTo(1_000 + 3 * FRAME);
  }

  @Test
  void jumpsOverTheSeam() {
    LoopPosition position = new LoopPosition(LOOP, 1_000);
    for (int i = 0; i < 8; i++) {
      position.next();
    }

    position.jumpToKeyframe();

    assertThat(position.nextDueNanos()).isEqualTo(1_000 + 8 * FRAME);
    assertThat(position.next().atNanos()).isZero();
    assertThat(position.nextDueNanos()).isEqualTo(1_000 + 9 * FRAME);
  }
}
