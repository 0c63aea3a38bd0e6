package io.wishbone.node.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wishbone.node.doctor.Verdict;
import io.wishbone.node.worker.EndReason;
import io.wishbone.node.worker.SessionRole;
import io.wishbone.node.worker.StreamReport;
import io.wishbone.node.worker.WorkerListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ViewerMetersTest {
  private final List<String> told = new ArrayList<>();
  private final WorkerListener listener =
      new WorkerListener() {
        @Override
        public void onConnected(String sessionId, String stream, SessionRole role) {
          told.add("connected " + sessionId);
        }

        @Override
        public void onEnded(
            String sessionId,
            String stream,
            SessionRole role,
            EndReason reason,
            String detail,
            Verdict verdict) {
          told.add("ended " + sessionId);
        }

        @Override
        public void onStream(StreamReport report) {
          told.add("stream " + report.stream());
        }

        @Override
        public void onPullEnded(String stream) {
          told.add("pull ended");
        }
      };

  @Test
  void recordsHowLongTheFirstFrameTookAndPassesEverythingOn() {
    var registry = new SimpleMeterRegistry();
    WorkerListener measured = new ViewerMeters(registry).measure(listener);

    measured.onConnected("v", "s", SessionRole.SUBSCRIBER);
    measured.onFirstFrame("v", 120_000_000);
    measured.onStream(new StreamReport("s", true, 1, List.of()));
    measured.onEnded("v", "s", SessionRole.SUBSCRIBER, EndReason.CLOSED, "", Verdict.OK);

    Timer timer = registry.get("wishbone.time.to.first.frame").timer();
    assertThat(timer.count()).isEqualTo(1);
    assertThat(timer.max(TimeUnit.MILLISECONDS)).isEqualTo(120);
    assertThat(told).containsExactly("connected v", "stream s", "ended v");
  }

  @Test
  void measuresNothingWhereThereAreNoMeters() {
    assertThat(NodeMeters.none().measure(listener)).isSameAs(listener);
  }
}
