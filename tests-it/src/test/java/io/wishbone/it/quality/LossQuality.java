package io.wishbone.it.quality;

import static io.wishbone.it.quality.Viewing.change;
import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.it.Chromium;
import io.wishbone.it.FreePorts;
import io.wishbone.it.RunningServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How long a real browser's picture is frozen behind a path that loses datagrams both ways and
/// takes 20 ms each way. Seconds a run by `-Dquality.seconds`.
class LossQuality {
  private static final int SECONDS = Integer.getInteger("quality.seconds", 60);
  private static final int RUNS = Integer.getInteger("quality.runs", 3);
  private static final long ONE_WAY_MILLIS = 20;
  private static final long SETTLE_MILLIS = 2_000;
  private static final int RELAY_PORT = FreePorts.udp(1);

  @RegisterExtension static final Chromium chromium = new Chromium();

  @RegisterExtension
  static final RunningServer server =
      RunningServer.with("--workers", "1", "--advertise", "127.0.0.1:" + RELAY_PORT);

  @AfterEach
  void closeWindows() {
    chromium.closeWindows();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 10, 20})
  void freezesLittleBehindALossyPath(int percent) throws Exception {
    Conditions lossy = Conditions.lossy(percent / 100.0, ONE_WAY_MILLIS);
    try (var relay = new Relay(RELAY_PORT, server.mediaPort(), percent)) {
      String stream = "loss-" + percent;
      Publishing publishing = Publishing.of(chromium, server, stream, false);
      publishing.awaitFullPicture();
      List<Double> shares = new ArrayList<>();
      for (int run = 1; run <= RUNS; run++) {
        Path path = relay.open(lossy, lossy);
        shares.add(frozenShare(percent + " % loss, run " + run, stream, path));
      }
      assertThat(shares.stream().sorted().toList().get(RUNS / 2))
          .as("median share of the time that is frozen, at %s %% loss", percent)
          .isLessThanOrEqualTo(Goals.atMost(percent == 20 ? 0.06 : percent == 10 ? 0.01 : 0));
    }
  }

  private static double frozenShare(String what, String stream, Path path) {
    Viewing viewing = Viewing.of(chromium.console(server), server.whep(stream));
    viewing.waitFor(SETTLE_MILLIS);
    Map<?, ?> before = viewing.statistics();
    viewing.waitFor(SECONDS * 1_000.0);
    Map<?, ?> after = viewing.statistics();
    viewing.close();
    double seconds = change(before, after, "at") / 1_000;
    double share = change(before, after, "frozen") / seconds;
    System.out.printf(
        "%s: frozen %.2f %% of %.0f s (%.0f freezes), %.1f frames a second of %.0f lines, %.0f"
            + " kbit/s, %.0f ms buffered, %.0f packets, %.0f lost, %.0f repaired, %.0f NACKs, %.0f"
            + " PLIs; the relay lost %.1f and %.1f %%%n",
        what,
        100 * share,
        seconds,
        change(before, after, "freezes"),
        change(before, after, "frames") / seconds,
        Viewing.number(after, "height"),
        change(before, after, "bytes") * 8 / 1_000 / seconds,
        1_000 * change(before, after, "buffered") / change(before, after, "emitted"),
        change(before, after, "received"),
        change(before, after, "lost"),
        change(before, after, "repaired"),
        change(before, after, "nacks"),
        change(before, after, "plis"),
        100 * path.up().lostShare(),
        100 * path.down().lostShare());
    return share;
  }
}
