package io.wishbone.app.program;

import io.wishbone.app.program.kind.Time;
import java.time.Duration;
import java.util.List;

/// What becomes of clients when a program is told to end.
public final class LeavingSettings {

  public static final Setting DRAIN_TIMEOUT =
      new Setting(
          Group.LEAVING,
          "drain.timeout",
          new Time(Duration.ZERO, Duration.ofHours(24)),
          null,
          "How long sessions may go on after SIGTERM, while the node takes no new ones; it ends sooner"
              + " when none is left. If not set, 60s for a media node, and 0s for one process that is"
              + " everything, for nobody takes over from that");

  public static final Setting DRAIN_DELAY =
      new Setting(
          Group.LEAVING,
          "drain.delay",
          new Time(Duration.ZERO, Duration.ofMinutes(5)),
          "5s",
          "How long a pod serves requests after SIGTERM, when it says already that it is not ready:"
              + " as long as load balancers take to notice");

  static final List<Setting> ALL = List.of(DRAIN_TIMEOUT);

  private LeavingSettings() {}
}
