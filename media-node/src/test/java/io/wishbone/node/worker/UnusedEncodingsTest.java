package io.wishbone.node.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.node.stream.LayerChoice;
import io.wishbone.webrtc.sdp.MediaKind;
import io.wishbone.webrtc.sim.LinkConditions;
import io.wishbone.webrtc.sim.Seeds;
import io.wishbone.webrtc.sim.SimNetwork;
import io.wishbone.webrtc.sim.SimPublisher;
import io.wishbone.webrtc.sim.SimViewer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A publisher of a simulcast (1.2 Mbit/s, 300 and 75 kbit/s) is told to send no more than its
/// viewers have use for, and does as it is told.
class UnusedEncodingsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final String PLI = "a=rtcp-fb:96 nack pli";
  private static final int ANY = Integer.MAX_VALUE;
  private static final int SEEDS = Seeds.of(40);

  private SimNetwork network = new SimNetwork(1);
  private SimNode node = new SimNode(network);
  private SimPublisher publisher = SimPublisher.repairingSimulcast(network, "10.0.0.1");

  @BeforeEach
  void connect() {
    connect(1);
  }

  private void connect(long seed) {
    network = new SimNetwork(seed);
    node = new SimNode(network);
    publisher = SimPublisher.repairingSimulcast(network, "10.0.0.1");
    String offer = publisher.offer().replace(PLI, "a=rtcp-fb:96 goog-remb\r\n" + PLI);
    if (node.open("publisher", "demo", SessionRole.PUBLISHER, offer)
        instanceof OpenResult.Opened opened) {
      publisher.accept(opened.answer());
    }
    network.run(SECOND.multipliedBy(2));
  }

  private SimViewer view(String name, String host, long bitsPerSecond) {
    SimViewer viewer = SimViewer.repairing(network, host);
    widen(viewer, bitsPerSecond);
    node.view(name, viewer);
    return viewer;
  }

  private void widen(SimViewer viewer, long bitsPerSecond) {
    network.connectOneWay(
        node.socket(),
        viewer.socket(),
        LinkConditions.WAN
            .withDelay(Duration.ofMillis(20), Duration.ofMillis(3))
            .withRate(bitsPerSecond, (int) Math.max(15_000, bitsPerSecond / 8 * 3 / 10)));
  }

  /// Bits a second of the picture that came in the second before.
  private long bitrate(SimViewer viewer) {
    long now = network.now();
    return Frames.bitrate(viewer.packets(MediaKind.VIDEO), now - SECOND.toNanos(), now);
  }

  /// Milliseconds until a second's worth of the top quality has come.
  private long millisToTheTop(SimViewer viewer) {
    long began = network.now();
    assertThat(network.runUntil(() -> bitrate(viewer) > 900_000, SECOND.multipliedBy(30))).isTrue();
    return (network.now() - began) / 1_000_000;
  }

  private void choose(String session, String rid) {
    node.worker().choose(session, new LayerChoice(rid, ANY, ANY), network.now());
    node.socket().attach(node);
  }

  @Test
  void pausesWhatNobodyHasUseForAndLiftsThatForWhoComes() {
    List<Long> paused = new ArrayList<>();
    List<Long> whole = new ArrayList<>();
    for (long seed = 1; seed <= SEEDS; seed++) {
      connect(seed);
      SimViewer narrow = view("narrow", "10.1.0.1", 200_000);
      network.run(SECOND.multipliedBy(15));
      assertThat(publisher.limit()).as("seed %s", seed).isBetween(75_000L, 300_000L);
      assertThat(bitrate(narrow)).isBetween(50_000L, 100_000L);
      int before = publisher.mediaPackets();
      network.run(SECOND);
      assertThat(publisher.mediaPackets() - before).isLessThan(100);

      SimViewer wide = view("wide", "10.1.0.2", 5_000_000);
      paused.add(millisToTheTop(wide));
      assertThat(publisher.limit()).isGreaterThan(10_000_000);
      SimViewer another = view("another", "10.1.0.3", 5_000_000);
      whole.add(millisToTheTop(another));
      network.run(SECOND.multipliedBy(5));
      assertThat(publisher.limit()).isGreaterThan(10_000_000);
      assertThat(bitrate(narrow)).isBetween(50_000L, 100_000L);
    }
    paused.sort(null);
    whole.sort(null);
    System.out.printf(
        "a second of the top quality for who comes: %d ms (median) where it was paused, %d ms at"
            + " most; %d and %d ms where it was sent%n",
        paused.get(SEEDS / 2), paused.getLast(), whole.get(SEEDS / 2), whole.getLast());
    assertThat(paused.getLast()).isLessThan(5_000);
  }

  @Test
  void liftsItWhenThePathOfAViewerWidens() {
    SimViewer viewer = view("viewer", "10.1.0.1", 200_000);
    network.run(SECOND.multipliedBy(15));
    assertThat(publisher.limit()).isLessThan(300_000);

    widen(viewer, 5_000_000);

    assertThat(millisToTheTop(viewer)).isLessThan(15_000);
  }

  @Test
  void keepsAStreamWholeThatNobodyWatches() {
    network.run(SECOND.multipliedBy(10));
    assertThat(publisher.limit()).isEqualTo(Long.MAX_VALUE);
    SimViewer viewer = view("viewer", "10.1.0.1", 200_000);
    network.run(SECOND.multipliedBy(15));
    assertThat(publisher.limit()).isLessThan(300_000);

    node.worker().close("viewer", "done", network.now());
    node.socket().attach(node);
    network.run(SECOND);

    assertThat(viewer.packets(MediaKind.VIDEO)).isNotEmpty();
    assertThat(publisher.limit()).isGreaterThan(10_000_000);
  }

  @Test
  void keepsWhatAViewerHasChosen() {
    SimViewer viewer = view("viewer", "10.1.0.1", 5_000_000);
    network.run(SECOND.multipliedBy(6));
    choose("viewer", "m");
    network.run(SECOND.multipliedBy(10));
    assertThat(publisher.limit()).isBetween(375_000L, 700_000L);
    assertThat(bitrate(viewer)).isBetween(200_000L, 400_000L);

    choose("viewer", "h");

    assertThat(millisToTheTop(viewer)).isLessThan(2_500);
  }

  @Test
  void pausesNothingForViewersThatSayNothingOfTheirPath() {
    SimViewer silent = SimViewer.open(network, "10.1.0.9");
    node.view("silent", silent);
    view("narrow", "10.1.0.1", 200_000);
    network.run(SECOND.multipliedBy(15));
    assertThat(bitrate(silent)).isGreaterThan(900_000);
    assertThat(publisher.limit()).isEqualTo(Long.MAX_VALUE);
  }
}
