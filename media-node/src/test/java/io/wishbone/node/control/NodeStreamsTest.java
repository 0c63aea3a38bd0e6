package io.wishbone.node.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.control.NodeEvent;
import io.wishbone.control.NodeId;
import io.wishbone.control.StreamName;
import io.wishbone.control.StreamStatus;
import io.wishbone.control.VideoLayer;
import io.wishbone.node.worker.StreamReport;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NodeStreamsTest {
  private static final NodeId NODE = new NodeId("node-1");
  private static final StreamName DEMO = new StreamName("demo");
  private static final StreamReport.Layer LAYER = new StreamReport.Layer(null, 1000, 640, 360);

  private final List<NodeEvent> events = new ArrayList<>();
  private final NodeStreams streams = new NodeStreams(NODE, events::add);

  private static StreamReport at(boolean home, boolean live, int viewers, @Nullable String parent) {
    return new StreamReport("demo", live, viewers, live ? List.of(LAYER) : List.of(), parent, home);
  }

  private static StreamStatus status(boolean live, int viewers, @Nullable String parent) {
    return new StreamStatus(
        NODE,
        DEMO,
        live,
        viewers,
        live ? List.of(new VideoLayer(null, 1000, 640, 360)) : List.of(),
        parent == null ? null : new NodeId(parent));
  }

  @Test
  void addUpTheViewersOfAllWorkers() {
    streams.report(0, at(true, true, 5, null));
    streams.report(1, at(false, true, 0, null));
    streams.report(1, at(false, true, 3, null));

    assertThat(events.getLast()).isEqualTo(status(true, 8, null));
  }

  @Test
  void saysWhatTheStreamsHomeSaysOfItsSource() {
    streams.report(0, at(true, true, 5, "origin"));
    streams.report(1, at(false, true, 3, "origin"));

    streams.report(0, at(true, false, 5, "origin"));

    assertThat(events.getLast()).isEqualTo(status(false, 8, "origin"));
  }

  @Test
  void isLiveWhereverElseViewersWaitForTheStream() {
    streams.report(0, at(true, false, 2, null));
    streams.report(1, at(true, true, 5, "origin"));
    streams.report(2, at(true, false, 1, null));

    assertThat(events.getLast()).isEqualTo(status(true, 8, "origin"));
    streams.report(1, at(true, false, 5, "origin"));
    assertThat(events.getLast()).extracting("live", "viewers").containsExactly(false, 8);
  }

  @Test
  void isNotLiveWithoutAHome() {
    streams.report(0, at(true, true, 0, "origin"));
    streams.report(1, at(false, true, 3, "origin"));

    streams.report(0, at(true, false, 0, "origin"));
    assertThat(events.getLast()).isEqualTo(status(false, 3, "origin"));
    streams.report(1, at(false, false, 0, "origin"));
    assertThat(events.getLast()).isEqualTo(status(false, 0, "origin"));
  }
}
