package io.wishbone.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Response;
import io.wishbone.it.Chromium;
import io.wishbone.it.ConsolePage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
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

  private final Queue<String> answers = new ConcurrentLinkedQueue<>();

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

  private ConsolePage console(int pod, String region) {
    ConsolePage page = chromium.console(cluster.pod(pod), Map.of("X-Client-Region", region));
    page.page().onResponse(this::keepAnswer);
    return page;
  }

  private void keepAnswer(Response response) {
    if (response.status() == 201 && response.request().method().equals("POST")) {
      answers.add(response.text());
    }
  }

  /// The node that answered the latest session.
  private int node() {
    await().atMost(PATIENCE).until(() -> !answers.isEmpty());
    return cluster.nodeOf(answers.remove());
  }

  @Test
  void showsTheSamePictureInEveryRegion() {
    ConsolePage publisher = console(0, "west");
    publisher.publishCanvas("far", "VP8", false);
    int origin = node();

    ConsolePage middle = console(1, "middle");
    middle.watch("far");
    int first = node();
    ConsolePage east = console(0, "east");
    east.watch("far");
    int second = node();

    assertThat(List.of(origin, first, second)).containsExactly(0, 1, 2);
    for (ConsolePage viewer : List.of(middle, east)) {
      int before = viewer.frames();
      await().atMost(PATIENCE).until(() -> viewer.frames() >= before + 60);
      assertThat(viewer.pictureMovement()).isGreaterThan(0.5);
      assertThat(viewer.complaints()).isEmpty();
    }
    assertThat(publisher.stopPublishing()).isEqualTo(200);
  }
}
