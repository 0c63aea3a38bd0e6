package io.wishbone.node.worker;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// When it is time to say how a stream is doing: at once when its source comes or goes, not more
/// than once a second when something else has changed, and every five seconds in any case.
final class ReportTimes {
  private static final long INTERVAL_NANOS = 1_000_000_000L;
  private static final long REFRESH_NANOS = 5_000_000_000L;

  private @Nullable StreamReport last;
  private long lastNanos;
  private long lookedNanos;

  /// When to look again, `Long.MAX_VALUE` for never.
  long nextTimeoutNanos() {
    return last == null ? Long.MAX_VALUE : lookedNanos + INTERVAL_NANOS;
  }

  /// Whether the report is to go out, which it then counts as.
  boolean isDue(StreamReport report, long nowNanos) {
    lookedNanos = nowNanos;
    if (!isNews(report, nowNanos)) {
      return false;
    }
    last = report;
    lastNanos = nowNanos;
    return true;
  }

  private boolean isNews(StreamReport report, long nowNanos) {
    StreamReport before = last;
    if (before == null
        || before.live() != report.live()
        || !Objects.equals(before.parent(), report.parent())) {
      return true;
    }
    long elapsed = nowNanos - lastNanos;
    return elapsed >= REFRESH_NANOS || elapsed >= INTERVAL_NANOS && !report.isLike(before);
  }
}
