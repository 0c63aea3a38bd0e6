package io.wishbone.node.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.wishbone.node.doctor.Verdict;
import io.wishbone.node.worker.EndReason;
import io.wishbone.node.worker.Milestone;
import io.wishbone.node.worker.SessionRole;
import io.wishbone.node.worker.StreamReport;
import io.wishbone.node.worker.WorkerListener;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How viewers are served.
///
/// `wishbone_time_to_first_frame_seconds`: from the moment that a viewer is connected until its
/// first whole frame has been sent, a histogram. Where the program has no meters, nothing is
/// measured.
final class ViewerMeters {
  private static final Duration[] BOUNDS = {
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(200),
    Duration.ofMillis(300),
    Duration.ofMillis(600),
    Duration.ofSeconds(1),
    Duration.ofSeconds(2),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10)
  };

  private final @Nullable Timer firstFrame;

  ViewerMeters(@Nullable MeterRegistry registry) {
    firstFrame =
        registry == null
            ? null
            : Timer.builder("wishbone.time.to.first.frame")
                .description(
                    "From connected, and a stream to be there, to the first whole frame sent, of viewers")
                .serviceLevelObjectives(BOUNDS)
                .register(registry);
  }

  /// Measures what a worker tells its listener.
  WorkerListener measure(WorkerListener listener) {
    Timer timer = firstFrame;
    return timer == null ? listener : new Measured(listener, timer);
  }

  private record Measured(WorkerListener listener, Timer firstFrame) implements WorkerListener {
    @Override
    public void onConnected(String sessionId, String stream, SessionRole role) {
      listener.onConnected(sessionId, stream, role);
    }

    @Override
    public void onEnded(
        String sessionId,
        String stream,
        SessionRole role,
        EndReason reason,
        String detail,
        Verdict verdict) {
      listener.onEnded(sessionId, stream, role, reason, detail, verdict);
    }

    @Override
    public void onOutgrown(String sessionId, String stream) {
      listener.onOutgrown(sessionId, stream);
    }

    @Override
    public void onStream(StreamReport report) {
      listener.onStream(report);
    }

    @Override
    public void onPullEnded(String stream) {
      listener.onPullEnded(stream);
    }

    @Override
    public void onMilestone(String sessionId, Milestone milestone, long nowNanos) {
      listener.onMilestone(sessionId, milestone, nowNanos);
    }

    @Override
    public void onFirstFrame(String sessionId, long nanos) {
      firstFrame.record(Duration.ofNanos(Math.max(0, nanos)));
      listener.onFirstFrame(sessionId, nanos);
    }
  }
}
