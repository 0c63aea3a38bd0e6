package io.wishbone.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.client.ClientParts;
import io.wishbone.client.http.SignalingClient;
import io.wishbone.it.Offers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// How long offers take to be answered, which takes minutes to measure.
@Tag("measure")
@UsesCluster(ClusterKind.ALIKE)
class OffersInCluster {

  private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(60);

  private static TestCluster cluster;
  private static ClientParts parts;

  @BeforeAll
  static void start(TestCluster given) {
    parts = ClientParts.start("cluster-offers", new SignalingClient(null));
    cluster = given;
  }

  @AfterAll
  static void stop() {
    parts.close();
  }

  /// Prints how long an offer takes to be answered, with fifty a second, once that does not change
  /// much any more or a minute is over. Not timed: that depends on what else the machine does. A
  /// cluster that says that it is ready lets in everybody, from the first one on.
  @Test
  void areAnsweredFromTheFirstOneOn() {
    List<String> refusals = new ArrayList<>();
    measure("a small offer", LiveSession.publisher(parts).offer(), refusals);
    measure("Chromium's offer", Offers.read("chromium156-whip-av-sendonly.offer.sdp"), refusals);
    assertThat(refusals).isEmpty();
  }

  private static void measure(String what, String offer, List<String> refusals) {
    long begin = System.nanoTime();
    double last = Double.NaN;
    boolean isSteady = false;
    for (int i = 0; !isSteady && System.nanoTime() - begin < LONGEST_WARM_UP.toNanos(); i++) {
      var warmUp = new Measurement(cluster, offer, "warm-up-" + offer.length() + "-" + i + "-");
      warmUp.run(250);
      isSteady = Math.abs(warmUp.millis(50) - last) < 0.2 * last;
      last = warmUp.millis(50);
      System.out.printf("  warming up: %s, %s%n", warmUp, warmUp.cores());
      warmUp.refusals().forEach((refusal, count) -> refusals.add(count + " x " + refusal));
    }
    var measured = new Measurement(cluster, offer, "measured-" + offer.length() + "-");
    measured.run(1000);
    System.out.printf(
        "POST to 201 through Kafka at 50 a second, %s of %d bytes: %s; %s%n",
        what, offer.length(), measured, measured.cores());
    measured.refusals().forEach((refusal, count) -> refusals.add(count + " x " + refusal));
    refusals.forEach(refusal -> System.out.println("  refused so far: " + refusal));
    assertThat(measured.answered()).isEqualTo(1000);
  }
}
