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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A real browser publishes 720, 360 and 180 lines; another watches over a path that narrows to 400
/// kbit/s and widens again.
class SimulcastQuality {
  private static final int RUNS = Integer.getInteger("quality.runs", 3);
  private static final long NARROW = 400_000;
  private static final long ONE_WAY_MILLIS = 20;
  private static final int TOP = 720;
  private static final int LOW = 180;
  private static final double PATIENCE_SECONDS = 60;
  private static final double PRINT_SECONDS = 3;

  /// Until who is on a narrow path gets what fits.
  private static final double NARROW_SECONDS = 5;

  /// Until the top is there again, or for the first time.
  private static final double TOP_SECONDS = 10;

  private static final double STAY_MILLIS = 12_000;
  private static final int RELAY_PORT = FreePorts.udp(1);

  @RegisterExtension static final Chromium chromium = new Chromium();

  @RegisterExtension
  static final RunningServer server =
      RunningServer.with("--workers", "1", "--advertise", "127.0.0.1:" + RELAY_PORT);

  @AfterEach
  void closeWindows() {
    chromium.closeWindows();
  }

  @Test
  void followsThePathOfItsViewer() throws Exception {
    List<Double> lows = new ArrayList<>();
    List<Double> down = new ArrayList<>();
    List<Double> up = new ArrayList<>();
    List<String> rows = new ArrayList<>();
    rows.add(
        "| run | first frame, 400 kbit/s | 180 lines | then frozen | widened: 720 lines"
            + " | narrowed: 180 lines | frozen |");
    rows.add("|--:|--:|--:|--:|--:|--:|--:|");
    try (var relay = new Relay(RELAY_PORT, server.mediaPort(), 1)) {
      Publishing publishing = Publishing.of(chromium, server, "layers", true);
      publishing.awaitFullPicture();
      for (int run = 1; run <= RUNS; run++) {
        Conditions wide = Conditions.lossy(0, ONE_WAY_MILLIS);
        Conditions narrow = Conditions.narrow(NARROW, ONE_WAY_MILLIS);
        Path path = relay.open(wide, narrow);
        long began = System.nanoTime();
        Viewing viewing = Viewing.of(chromium.console(server), server.whep("layers"));
        double first = secondsSince(began);
        double low = secondsUntil(viewing, publishing, LOW, began);
        double frozenLow = frozen(viewing);
        publishing.printLayers("while its only viewer gets 180 lines", STAY_MILLIS);
        path.down().change(wide);
        up.add(secondsUntil(viewing, publishing, TOP, System.nanoTime()));
        viewing.waitFor(STAY_MILLIS);
        path.down().change(narrow);
        long narrowed = System.nanoTime();
        Map<?, ?> before = viewing.statistics();
        down.add(secondsUntil(viewing, publishing, LOW, narrowed));
        viewing.waitFor(STAY_MILLIS);
        double frozenDown = change(before, viewing.statistics(), "frozen");
        viewing.close();
        rows.add(
            String.format(
                "| %d | %.2f s | %.1f s | %.1f %% | %.1f s | %.1f s | %.1f s |",
                run, first, low, 100 * frozenLow, up.getLast(), down.getLast(), frozenDown));
        lows.add(low);
      }
    }
    rows.forEach(System.out::println);
    assertThat(lows).allMatch(seconds -> seconds <= Goals.atMost(NARROW_SECONDS));
    assertThat(down).allMatch(seconds -> seconds <= Goals.atMost(NARROW_SECONDS));
    assertThat(up).allMatch(seconds -> seconds <= Goals.atMost(TOP_SECONDS));
  }

  /// What it costs that encodings were paused: when who comes sees the top quality.
  @Test
  void showsTheTopSoonToWhoComesWhileItWasPaused() throws Exception {
    List<Double> paused = new ArrayList<>();
    List<Double> whole = new ArrayList<>();
    List<String> rows = new ArrayList<>();
    rows.add("| run | paused: first frame | 720 lines | sent: first frame | 720 lines |");
    rows.add("|--:|--:|--:|--:|--:|");
    try (var relay = new Relay(RELAY_PORT, server.mediaPort(), 2)) {
      Publishing publishing = Publishing.of(chromium, server, "paused", true);
      publishing.awaitFullPicture();
      publishing.printLayers("while nobody watches", STAY_MILLIS);
      for (int run = 1; run <= RUNS; run++) {
        relay.open(Conditions.lossy(0, ONE_WAY_MILLIS), Conditions.narrow(NARROW, ONE_WAY_MILLIS));
        Viewing narrow = Viewing.of(chromium.console(server), server.whep("paused"));
        narrow.waitFor(STAY_MILLIS);
        publishing.printLayers("while its only viewer is on 400 kbit/s", STAY_MILLIS);
        relay.open(Conditions.lossy(0, ONE_WAY_MILLIS), Conditions.lossy(0, ONE_WAY_MILLIS));
        long came = System.nanoTime();
        Viewing late = Viewing.of(chromium.console(server), server.whep("paused"));
        double first = secondsSince(came);
        paused.add(secondsUntil(late, publishing, TOP, came));
        late.waitFor(STAY_MILLIS);
        long cameToo = System.nanoTime();
        Viewing later = Viewing.of(chromium.console(server), server.whep("paused"));
        double firstWhole = secondsSince(cameToo);
        whole.add(secondsUntil(later, publishing, TOP, cameToo));
        rows.add(
            String.format(
                "| %d | %.2f s | %.1f s | %.2f s | %.1f s |",
                run, first, paused.getLast(), firstWhole, whole.getLast()));
        narrow.close();
        late.close();
        later.close();
      }
    }
    rows.forEach(System.out::println);
    assertThat(paused).allMatch(seconds -> seconds <= Goals.atMost(TOP_SECONDS));
    assertThat(whole).allMatch(seconds -> seconds <= Goals.atMost(TOP_SECONDS));
  }

  private static double frozen(Viewing viewing) {
    Map<?, ?> before = viewing.statistics();
    viewing.waitFor(STAY_MILLIS);
    Map<?, ?> after = viewing.statistics();
    return 1_000 * change(before, after, "frozen") / change(before, after, "at");
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }

  /// Seconds until the picture has so many lines. What the publisher does meanwhile is printed
  /// where that takes long: its encoders may lack processor time, or it may believe that its way is
  /// narrow.
  private static double secondsUntil(
      Viewing viewing, Publishing publishing, int lines, long sinceNanos) {
    double nextPrint = PRINT_SECONDS;
    while (Viewing.number(viewing.statistics(), "height") != lines) {
      if (secondsSince(sinceNanos) > PATIENCE_SECONDS) {
        return Double.POSITIVE_INFINITY;
      }
      if (secondsSince(sinceNanos) > nextPrint) {
        System.out.printf(
            "%d lines not yet after %.1f s; the publisher: %s%n",
            lines, secondsSince(sinceNanos), publishing.state());
        nextPrint += PRINT_SECONDS;
      }
      viewing.waitFor(50);
    }
    return secondsSince(sinceNanos);
  }
}
