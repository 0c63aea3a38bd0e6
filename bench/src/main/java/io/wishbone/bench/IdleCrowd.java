package io.wishbone.bench;

import io.wishbone.client.load.Signaling;
import io.wishbone.client.load.Swarm;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/// Very many viewers of the whole server, over HTTP, who stay and get next to nothing: what it
/// costs to have them.
final class IdleCrowd {
  private static final double A_SECOND = 150;
  private static final int AT_A_TIME = 500;
  private static final int IDLE_SECONDS = 20;

  private IdleCrowd() {}

  /// @param seconds until all had come
  /// @param connected at the end, by the account of the viewers
  /// @param connectedAtServer by that of the server, its publisher included
  /// @param heapBytes in use after everything that is garbage was collected
  /// @param directBytes that Java code has of memory beside the heap
  /// @param residentBytes physical memory of the process
  /// @param cores that the server takes while nobody comes or goes
  record Outcome(
      double seconds,
      int connected,
      int connectedAtServer,
      List<String> failures,
      double heapBytes,
      double directBytes,
      double residentBytes,
      double cores) {}

  /// @param collector options that choose the garbage collector, with spaces between them
  /// @param sessions how many come
  /// @param progress told now and then how many are there
  static Outcome run(String collector, int sessions, IntConsumer progress)
      throws IOException, InterruptedException, ExecutionException {
    try (var server = ServerProgram.start(collector + " " + ServerProgram.TRACKS_MEMORY)) {
      Signaling signaling = SetUps.signaling(server);
      try (var crowd = new Swarm(SetUps.plan(1, sessions), signaling, moment -> {})) {
        crowd.publish();
        long begun = System.nanoTime();
        // So few at a time that none is turned away because others are being connected.
        for (int left = sessions; left > 0; left -= AT_A_TIME) {
          crowd.join(Math.min(left, AT_A_TIME), A_SECOND);
          progress.accept(crowd.connected());
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        // What was asked of the node while they came is done after a moment.
        TimeUnit.SECONDS.sleep(2);
        long cpu = server.cpuNanos();
        TimeUnit.SECONDS.sleep(IDLE_SECONDS);
        double cores = (server.cpuNanos() - cpu) / 1e9 / IDLE_SECONDS;
        var outcome =
            new Outcome(
                seconds,
                crowd.connected(),
                server.connected(),
                crowd.failures(),
                server.heapBytes(),
                server.directBytes(),
                server.residentBytes(),
                cores);
        // Nobody waits for ten thousand farewells.
        server.close();
        return outcome;
      }
    }
  }
}
