package io.wishbone.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.options.SelectOption;
import io.wishbone.client.ClientParts;
import io.wishbone.client.http.SignalingClient;
import io.wishbone.it.Chromium;
import io.wishbone.it.ConsolePage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A real browser publishes in one region, others watch in two more: each region has a node of its
/// own, which has the stream from the publisher's.
@UsesCluster(ClusterKind.REGIONS)
class RelaysInCluster {

  /// Pixels that only the largest of three pictures has in a row.
  private static final int LARGE = 400;

  private static final int DRAINED = 1;

  /// R21.
  private static final double LONGEST_GAP_SECONDS = 0.5;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @RegisterExtension static final Chromium chromium = new Chromium();
  private static TestCluster cluster;

  @BeforeAll
  static void start(TestCluster given) {
    cluster = given;
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
    middle.stopWatching();
    east.stopWatching();
    assertThat(publisher.stopPublishing()).isEqualTo(200);
  }

  /// The publisher's three pictures come along; which of them a viewer gets is decided where it is.
  @Test
  void aViewerInAnotherRegionChoosesThePicture() {
    ConsolePage publisher = console(0, "west");
    publisher.publishCanvas("layered", "VP8", true);
    ConsolePage east = console(1, "east");
    east.watch("layered");
    assertThat(cluster.nodeOf(east.answer())).isEqualTo(2);

    east.page().waitForSelector("#watch-quality-field:not([hidden])");
    await()
        .atMost(PATIENCE)
        .until(() -> number(east, "document.getElementById('watch-quality').length") == 4);
    await().atMost(PATIENCE).until(() -> width(east) > LARGE);
    int large = width(east);
    east.page().selectOption("#watch-quality", new SelectOption().setValue("l"));
    await().atMost(PATIENCE).until(() -> width(east) * 3 < large * 2);
    int frames = east.frames();
    await().atMost(PATIENCE).until(() -> east.frames() > frames + 20);
    assertThat(east.soundEnergy()).isGreaterThan(0.002);
    east.page().selectOption("#watch-quality", new SelectOption().setValue(""));
    await().atMost(PATIENCE).until(() -> width(east) > LARGE);
    assertThat(east.complaints()).isEmpty();
    east.stopWatching();
    assertThat(publisher.stopPublishing()).isEqualTo(200);
  }

  private static int number(ConsolePage page, String expression) {
    return ((Number) page.page().evaluate("() => " + expression)).intValue();
  }

  private static int width(ConsolePage page) {
    return number(page, "document.getElementById('watch-video').videoWidth");
  }

  /// Its node is told to end, and tells its viewers to go: one is a browser, one a client of ours.
  /// The publisher stays where it is, so that nothing but going has to be done (R21).
  @Test
  void viewersGoByThemselvesWhenTheirNodeDrains() throws Exception {
    ConsolePage publisher = console(0, "west");
    publisher.publishCanvas("leaving", "VP8", false);
    ConsolePage going = console(1, "middle");
    going.watch("leaving");
    ConsolePage staying = console(0, "east");
    staying.watch("leaving");
    assertThat(cluster.nodeOf(going.answer())).isEqualTo(DRAINED);
    try (var parts = ClientParts.start("leaving-clients", new SignalingClient(null));
        var balancer = new Balancer(List.of(cluster.pod(0), cluster.pod(1)))) {
      await().atMost(PATIENCE).until(() -> balancer.isIn(cluster.pod(0)));
      var ours = new FollowingViewer(parts, balancer, "leaving", "middle");
      ours.session().awaitMore(50);
      assertThat(cluster.nodeOf(ours.session().answer())).isEqualTo(DRAINED);
      List.of(going, staying).forEach(RelaysInCluster::watchGaps);
      ours.arrivals().takeLongestGap();

      cluster.cluster().node(DRAINED).process().terminate();
      await().atMost(PATIENCE).until(() -> cluster.nodeOf(going.answer()) != DRAINED);
      await().atMost(PATIENCE).until(() -> ours.moves() == 1);
      assertThat(cluster.cluster().node(DRAINED).process().awaitExit(PATIENCE)).isZero();
      int before = going.frames();
      await().atMost(PATIENCE).until(() -> going.frames() >= before + 60);

      double usual = pictureGap(staying);
      double gone = pictureGap(going);
      double sound = ours.arrivals().takeLongestGap();
      System.out.printf(
          "a node drains: its viewers go by themselves; longest gap between two pictures of a browser"
              + " %.2f s, %.2f s in one that stays elsewhere; longest gap in sound %.2f s%n",
          gone, usual, sound);
      assertThat(gone).isLessThan(usual + LONGEST_GAP_SECONDS);
      assertThat(sound).isLessThan(usual + LONGEST_GAP_SECONDS);
      assertThat(ours.losses()).isZero();
      assertThat(going.complaints()).isEmpty();
      ours.close();
    }
    going.stopWatching();
    staying.stopWatching();
    assertThat(publisher.stopPublishing()).isEqualTo(200);
    cluster.cluster().startNode(DRAINED).awaitReady();
  }

  private static void watchGaps(ConsolePage viewer) {
    viewer
        .page()
        .evaluate(
            """
            () => {
              const video = document.getElementById('watch-video');
              let last = performance.now();
              globalThis.longestGap = 0;
              const look = () => video.requestVideoFrameCallback((now) => {
                globalThis.longestGap = Math.max(globalThis.longestGap, now - last);
                last = now;
                look();
              });
              look();
            }
            """);
  }

  private static double pictureGap(ConsolePage viewer) {
    return number(viewer, "Math.ceil(globalThis.longestGap)") / 1e3;
  }
}
