package io.wishbone.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.options.SelectOption;
import io.vertx.core.json.JsonObject;
import io.wishbone.client.ClientParts;
import io.wishbone.client.http.SignalingClient;
import io.wishbone.it.Chromium;
import io.wishbone.it.ConsolePage;
import io.wishbone.it.conformance.SoundPeer;
import io.wishbone.webrtc.transport.TransportCloseReason;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
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

  /// That the node is given; what it takes without it is a minute.
  private static final Duration WITHIN = Duration.ofSeconds(15);

  private static final Duration END = Duration.ofSeconds(40);
  private static final long BETWEEN_COMERS_MILLIS = 200;

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

  /// An operator drains a node at a pod. It tells its viewers to go: one is a browser, one a client
  /// of ours. Their publisher is at another node, so that nothing but going has to be done (R21). A
  /// publisher at the node stays until the time is over.
  @Test
  void viewersGoByThemselvesWhenTheApiDrainsTheirNode() throws Exception {
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
      LiveSession left =
          LiveSession.open(
              LiveSession.publisher(parts), cluster.pod(0), "whip", "left-behind", "middle");
      assertThat(cluster.nodeOf(left.answer())).isEqualTo(DRAINED);
      List.of(going, staying).forEach(RelaysInCluster::watchGaps);
      ours.arrivals().takeLongestGap();

      drain(nodeIn("middle"));
      long told = System.nanoTime();
      int letIn = letInElsewhereUntilItEnds(parts);
      double took = (System.nanoTime() - told) / 1e9;
      assertThat(cluster.cluster().node(DRAINED).process().awaitExit(PATIENCE)).isZero();
      assertThat(cluster.nodeOf(going.answer())).isNotEqualTo(DRAINED);
      assertThat(ours.moves()).isEqualTo(1);
      await().atMost(PATIENCE).until(() -> left.peer().closeReason() != null);
      assertThat(left.peer().closeReason()).isEqualTo(TransportCloseReason.CLOSED_BY_PEER);
      int before = going.frames();
      await().atMost(PATIENCE).until(() -> going.frames() >= before + 60);

      double usual = pictureGap(staying);
      double gone = pictureGap(going);
      double sound = ours.arrivals().takeLongestGap();
      System.out.printf(
          "the API drains a node within %d s: it ends after %.1f s, %d who came meanwhile were let in"
              + " at others; its viewers go by themselves; longest gap between two pictures of a"
              + " browser %.2f s, %.2f s in one that stays elsewhere; longest gap in sound %.2f s%n",
          WITHIN.toSeconds(), took, letIn, gone, usual, sound);
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

  /// What the API calls the node of a region.
  private static String nodeIn(String region) {
    var all =
        LiveSession.send(HttpRequest.newBuilder(cluster.pod(0).resolve("api/v1/nodes"))).body();
    return new JsonObject(all)
        .getJsonArray("nodes").stream()
            .map(JsonObject.class::cast)
            .filter(each -> each.getString("region").equals(region))
            .findFirst()
            .orElseThrow(() -> new AssertionError(all))
            .getString("node");
  }

  private static void drain(String node) {
    HttpResponse<String> drained =
        LiveSession.send(
            HttpRequest.newBuilder(
                    cluster
                        .pod(1)
                        .resolve("api/v1/nodes/" + node + "/drain?within=" + WITHIN.toSeconds()))
                .POST(BodyPublishers.noBody()));
    assertThat(drained.statusCode()).as(drained.body()).isEqualTo(200);
    assertThat(new JsonObject(drained.body()).getBoolean("draining")).isTrue();
  }

  /// People of the same region come all the time, through both pods. None gets to the node that is
  /// drained, which ends by itself meanwhile.
  ///
  /// @return how many were let in; a busy machine may tell others to come again
  private static int letInElsewhereUntilItEnds(ClientParts parts) {
    SoundPeer comer = LiveSession.publisher(parts);
    long deadline = System.nanoTime() + END.toNanos();
    int comers = 0;
    int letIn = 0;
    while (cluster.cluster().node(DRAINED).process().isAlive()) {
      assertThat(System.nanoTime()).as("still there, late").isLessThan(deadline);
      var opening =
          LiveSession.post(comer, cluster.pod(comers % 2), "whip", "comer" + comers, "middle");
      HttpResponse<String> answer = opening.response();
      assertThat(answer.statusCode()).as(answer.body()).isIn(201, 503);
      if (answer.statusCode() == 201) {
        assertThat(cluster.nodeOf(answer.body())).isNotEqualTo(DRAINED);
        String path = URI.create(answer.headers().firstValue("Location").orElseThrow()).getPath();
        var end = HttpRequest.newBuilder(cluster.pod(1 - comers % 2).resolve(path)).DELETE();
        assertThat(LiveSession.send(end).statusCode()).isEqualTo(200);
        letIn++;
      }
      comers++;
      Pause.of(BETWEEN_COMERS_MILLIS);
    }
    assertThat(letIn).isPositive();
    return letIn;
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
