package io.wishbone.bench;

import io.wishbone.client.http.SignalingClient;
import io.wishbone.client.load.Durations;
import io.wishbone.client.load.HttpSignaling;
import io.wishbone.client.load.LoadPlan;
import io.wishbone.client.load.LoadResult;
import io.wishbone.client.load.Signaling;
import io.wishbone.client.load.Swarm;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;

/// Viewers of the whole server, over HTTP, who get next to nothing: what it costs to let them in,
/// and to have them.
final class IdleCrowd {
  private static final int WARM_UP = 400;
  private static final int A_SECOND = 100;
  private static final int LITTLE = 100;

  private IdleCrowd() {}

  /// @param connected of those who came after the server was warm
  /// @param answer from the POST to the 201
  /// @param connect from the POST to where media can flow
  /// @param cpuMillisPerSetUp processor time of all of the server's threads
  /// @param heapBytes that are in use with all of them
  /// @param residentBytesPerSession what the process has grown by for each
  /// @param pauses in which all threads of the server stood still while they came
  record Outcome(
      int connected,
      List<String> failures,
      Durations.Summary answer,
      Durations.Summary connect,
      double cpuMillisPerSetUp,
      double heapBytes,
      double heapBytesPerSession,
      double residentBytesPerSession,
      Durations.Summary pauses) {}

  static Outcome run(String collector, int sessions)
      throws IOException, InterruptedException, ExecutionException {
    try (var server = ServerProgram.start(collector)) {
      Signaling signaling =
          new HttpSignaling(
              new SignalingClient(null),
              server.address("/whip/endpoint/idle"),
              server.address("/whep/endpoint/idle"));
      try (var first = new Swarm(plan(1, WARM_UP), signaling, moment -> {});
          var crowd = new Swarm(plan(0, sessions), signaling, moment -> {})) {
        first.publish();
        first.join(WARM_UP, A_SECOND);
        double heap = server.heapBytes();
        double resident = server.residentBytes();
        int pausesBefore = server.pauseNanos().size();
        long cpu = server.cpuNanos();
        crowd.join(sessions, A_SECOND);
        cpu = server.cpuNanos() - cpu;
        var pauses = new Durations();
        List<Long> all = server.pauseNanos();
        all.subList(pausesBefore, all.size()).forEach(pauses::record);
        double heapAfter = server.heapBytes();
        LoadResult result = crowd.measure();
        return new Outcome(
            result.connected(),
            result.failures(),
            result.answer(),
            result.connect(),
            cpu / 1e6 / sessions,
            heapAfter,
            (heapAfter - heap) / sessions,
            (server.residentBytes() - resident) / sessions,
            pauses.summary());
      }
    }
  }

  /// A frame of one packet a second: so that viewers have a picture to begin with.
  private static LoadPlan plan(int publishers, int viewers) {
    return new LoadPlan(
        publishers, viewers, LITTLE, 1, A_SECOND, Duration.ofSeconds(1), 1, 1, true, 0);
  }
}
