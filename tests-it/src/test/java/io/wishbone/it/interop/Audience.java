package io.wishbone.it.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wishbone.it.ConsolePage;
import java.time.Duration;

/// Whether what a client publishes arrives in a browser: pictures that are decoded and move, sound
/// that can be heard.
final class Audience {
  private static final int PICTURES = 30;
  private static final double MOVES = 0.3;
  private static final double SOUNDS = 0.002;

  private Audience() {}

  /// Starts to watch, and goes on.
  static void seesAndHears(ConsolePage viewer, String stream) {
    viewer.watch(stream);
    stillSees(viewer);
    assertThat(viewer.pictureMovement()).isGreaterThan(MOVES);
    assertThat(viewer.soundEnergy()).isGreaterThan(SOUNDS);
  }

  /// More pictures than there are now.
  static void stillSees(ConsolePage viewer) {
    int before = viewer.frames();
    await().atMost(Duration.ofSeconds(30)).until(() -> viewer.frames() >= before + PICTURES);
  }
}
