package io.wishbone.bench;

import io.wishbone.client.load.Durations;
import io.wishbone.client.load.LoadPlan;
import io.wishbone.client.load.Signaling;
import io.wishbone.client.load.Swarm;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/// The whole server, with viewers who watch and others who come and go: how long its collector
/// makes all of them wait, and what it takes.
final class Collectors {
  private static final int WATCHING = 60;
  private static final int PACKETS_PER_FRAME = 7;
  private static final int WARM_UP = 600;
  private static final int WARM_UP_RATE = 100;
  private static final int COMING = 300;
  private static final int RATE = 60;
  private static final int MEDIA_SECONDS = 4;

  private Collectors() {}

  /// @param cpuNanosPerPacket processor time of the whole server, its compilers left out, for each
  ///   packet that it forwards while nobody comes or goes
  /// @param cpuMillisPerSetUp that of those who come and go, on top of it
  /// @param pauses in which all threads stood still while they came and went
  /// @param residentBytes at the end
  record Outcome(
      double cpuNanosPerPacket,
      double cpuMillisPerSetUp,
      Durations.Summary pauses,
      double residentBytes,
      List<String> failures) {}

  /// @param collector options that choose it, with spaces between them
  static Outcome run(String collector)
      throws IOException, InterruptedException, ExecutionException {
    try (var server = ServerProgram.start(collector)) {
      Signaling signaling = SetUps.signaling(server);
      try (var publisher = new Swarm(SetUps.plan(1, 0), signaling, moment -> {});
          var watching = new Swarm(plan(), SetUps.signaling(server, "watched"), moment -> {})) {
        publisher.publish();
        watching.publish();
        watching.join(WATCHING, RATE);
        comeAndGo(signaling, WARM_UP, WARM_UP_RATE);
        watching.forget();
        long cpu = cpuNanos(server);
        TimeUnit.SECONDS.sleep(MEDIA_SECONDS);
        long mediaNanos = cpuNanos(server) - cpu;
        double packets = watching.receivedAndMissing()[0];
        int pausesBefore = server.pauseNanos().size();
        long begun = System.nanoTime();
        cpu = cpuNanos(server);
        List<String> failures = comeAndGo(signaling, COMING, RATE);
        double seconds = (System.nanoTime() - begun) / 1e9;
        double more = cpuNanos(server) - cpu - seconds * mediaNanos / MEDIA_SECONDS;
        var pauses = new Durations();
        List<Long> all = server.pauseNanos();
        all.subList(pausesBefore, all.size()).forEach(pauses::record);
        return new Outcome(
            mediaNanos / packets,
            more / 1e6 / COMING,
            pauses.summary(),
            server.residentBytes(),
            failures);
      }
    }
  }

  private static long cpuNanos(ServerProgram server) throws IOException {
    return server.cpuNanos() - server.compilerNanos();
  }

  private static List<String> comeAndGo(Signaling signaling, int sessions, double perSecond)
      throws InterruptedException, ExecutionException {
    try (var crowd = new Swarm(SetUps.plan(0, sessions), signaling, moment -> {})) {
      crowd.join(sessions, perSecond);
      return crowd.failures();
    }
  }

  private static LoadPlan plan() {
    return new LoadPlan(
        1,
        WATCHING,
        LoadPlan.frameOfPackets(PACKETS_PER_FRAME),
        FanOut.FRAMES_PER_SECOND,
        RATE,
        Duration.ofSeconds(1),
        1,
        16,
        false,
        0);
  }
}
