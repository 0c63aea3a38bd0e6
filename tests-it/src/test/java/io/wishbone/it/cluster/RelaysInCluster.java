package io.wishbone.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wishbone.it.Chromium;
import io.wishbone.it.ConsolePage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// A real browser publishes in one region, others watch in two more: each region has a node of its
/// own, which has the stream from the publisher's.
class RelaysInCluster {

  private static final List<String> REGIONS = List.of("west", "middle", "east");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @RegisterExtension static final Chromium chromium = new Chromium();
  @TempDir static Path directory;
  private static TestCluster cluster;

  @BeforeAll
  static void start() {
    cluster = TestCluster.start(directory, REGIONS);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @AfterEach
  void closeWindows() {
    chromium.closeWindows();
  }

  private static ConsolePage console(int pod, String region) {
    return chromium.console(cluster.pod(pod), Map.of("X-Client-Region", region));
  }

  @Test
  void showsTheSamePictureInEveryRegion() {
    ConsolePage publisher = console(0, "west");
    publisher.publishCanvas("far", "VP8", false);
    ConsolePage middle = console(1, "middle");
    middle.watch("far");
    ConsolePage east = console(0, "east");
    east.watch("far");

    assertThat(Stream.of(publisher, middle, east).map(page -> cluster.nodeOf(page.answer())))
        .containsExactly(0, 1, 2);
    for (ConsolePage viewer : List.of(middle, east)) {
      int before = viewer.frames();
      await().atMost(PATIENCE).until(() -> viewer.frames() >= before + 60);
      assertThat(viewer.pictureMovement()).isGreaterThan(0.5);
      assertThat(viewer.complaints()).isEmpty();
    }
    assertThat(publisher.stopPublishing()).isEqualTo(200);
  }
}
