package io.wishbone.node.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.sim.SimNetwork;
import io.wishbone.webrtc.sim.SimPublisher;
import io.wishbone.webrtc.sim.SimViewer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a worker says of its streams, and how often.
class StreamReportsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final SimNetwork network = new SimNetwork(11);
  private final SimNode node = new SimNode(network);

  private SimPublisher publish(String session, SimPublisher publisher) {
    node.publish(session, publisher);
    return publisher;
  }

  private SimViewer view(int number) {
    SimViewer viewer = SimViewer.open(network, "10.1.0." + number);
    node.view("viewer-" + number, viewer);
    return viewer;
  }

  private StreamReport last() {
    return node.reports().getLast();
  }

  @Test
  void tellAtOnceThatAPublisherConnectsAndLeaves() {
    SimPublisher publisher = publish("publisher", SimPublisher.vp8(network, "10.0.0.1"));
    assertThat(node.reports()).singleElement().extracting(StreamReport::live).isEqualTo(false);
    view(1);

    network.runUntil(() -> node.connected().contains("publisher"), SECOND);
    assertThat(last().live()).isTrue();

    network.run(SECOND.multipliedBy(3));
    publisher.close();
    network.runUntil(() -> !node.ended().isEmpty(), SECOND);
    assertThat(last().live()).isFalse();
    assertThat(last().layers()).isEmpty();
  }

  @Test
  void describeThePicture() {
    publish("publisher", SimPublisher.vp8(network, "10.0.0.1"));

    network.run(SECOND.multipliedBy(4));

    StreamReport.Layer only = last().layers().getFirst();
    assertThat(last().layers()).hasSize(1);
    assertThat(only.rid()).isNull();
    assertThat(only.width()).isEqualTo(1280);
    assertThat(only.height()).isEqualTo(720);
    assertThat(only.bitrate()).isBetween(1_000_000L, 1_600_000L);
  }

  @Test
  void nameEveryEncodingOfASimulcastAlsoBeforeItIsSent() {
    SimPublisher publisher = publish("publisher", SimPublisher.simulcast(network, "10.0.0.1"));
    long highest = publisher.peer().tracks().getLast().encodings().getFirst().ssrc();
    node.silence(highest);
    network.run(SECOND.multipliedBy(4));

    assertThat(last().layers()).extracting(StreamReport.Layer::rid).containsExactly("h", "m", "l");
    assertThat(last().layers())
        .extracting(StreamReport.Layer::isActive)
        .containsExactly(false, true, true);
    assertThat(last().layers()).extracting(StreamReport.Layer::width).containsExactly(0, 640, 320);

    node.unsilence(highest);
    publisher.cameras().getFirst().requestKeyframe();
    network.run(SECOND.multipliedBy(2));
    assertThat(last().layers()).extracting(StreamReport.Layer::isActive).containsOnly(true);
    assertThat(last().layers())
        .extracting(StreamReport.Layer::height)
        .containsExactly(720, 360, 180);

    node.silence(highest);
    network.run(SECOND.multipliedBy(4));
    assertThat(last().layers())
        .extracting(StreamReport.Layer::isActive)
        .containsExactly(false, true, true);
    assertThat(last().layers().getFirst().width()).isEqualTo(1280);
  }

  @Test
  void countViewersThatAreConnectedNotMoreThanOnceASecond() {
    publish("publisher", SimPublisher.vp8(network, "10.0.0.1"));
    network.run(SECOND.multipliedBy(2));
    int before = node.reports().size();

    for (int i = 1; i <= 40; i++) {
      view(i);
      network.run(Duration.ofMillis(50));
    }
    network.run(SECOND.multipliedBy(2));

    assertThat(last().viewers()).isEqualTo(40);
    assertThat(node.reports().size() - before).isLessThanOrEqualTo(5);
  }

  @Test
  void doNotCountViewersThatNeverConnect() {
    publish("publisher", SimPublisher.vp8(network, "10.0.0.1"));
    node.open(
        "silent", "demo", SessionRole.SUBSCRIBER, SimViewer.open(network, "10.1.0.1").offer());

    network.run(SECOND.multipliedBy(6));

    assertThat(last().viewers()).isZero();
  }

  @Test
  void comeEveryFiveSecondsWhenNothingChanges() {
    publish("publisher", SimPublisher.vp8(network, "10.0.0.1"));
    view(1);
    network.run(SECOND.multipliedBy(5));
    int before = node.reports().size();

    network.run(SECOND.multipliedBy(20));

    assertThat(node.reports().size() - before).isBetween(3, 5);
  }

  @Test
  void sayInTheEndThatNobodyIsThere() {
    publish("publisher", SimPublisher.vp8(network, "10.0.0.1"));
    view(1);
    network.run(SECOND.multipliedBy(2));

    node.worker().closeAll("over", network.now());
    network.run(SECOND.multipliedBy(20));

    assertThat(last()).isEqualTo(new StreamReport("demo", false, 0, List.of()));
    int after = node.reports().size();
    network.run(SECOND.multipliedBy(20));
    assertThat(node.reports()).hasSize(after);
    assertThat(node.worker().nextTimeoutNanos()).isEqualTo(Long.MAX_VALUE);
  }
}
