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

/// Viewers who come to the whole server, over HTTP, and go again: what it costs to let them in.
final class SetUps {
  /// The first of a server's life are told apart: most of what they cost is compiling.
  private static final int COLD = 500;

  /// The compiler goes on for as long as that.
  private static final int WARM_UP = 3_000;

  private static final int MEASURED = 500;
  private static final int COLD_RATE = 100;
  private static final int WARM_UP_RATE = 150;

  /// On two processors, with their clients: less than half of what the server can do on one.
  private static final int RATE = 60;

  private static final int LITTLE = 100;

  private SetUps() {}

  /// What so many set-ups cost.
  ///
  /// @param sessions that came
  /// @param cpuNanos of all the server's threads, from the first POST to the last DELETE
  /// @param compilerNanos those among them that compiled Java code
  record Cost(int sessions, long cpuNanos, long compilerNanos) {

    double millisEach() {
      return cpuNanos / 1e6 / sessions;
    }

    double compilerMillisEach() {
      return compilerNanos / 1e6 / sessions;
    }

    double perCoreSecond() {
      return 1000 / millisEach();
    }
  }

  /// @param cold the first of all
  /// @param warm those that were measured
  /// @param connected of those
  /// @param answer from the POST to the 201
  /// @param connect from the POST to where media can flow
  /// @param heapBytesPerSession what is in use for each while they are there
  /// @param residentBytesPerSession what the process has grown by for each
  /// @param pauses in which all threads of the server stood still while they came
  record Outcome(
      Cost cold,
      Cost warm,
      int connected,
      List<String> failures,
      Durations.Summary answer,
      Durations.Summary connect,
      double heapBytesPerSession,
      double residentBytesPerSession,
      Durations.Summary pauses) {}

  /// @param options of the virtual machine, with spaces between them
  static Outcome run(String options) throws IOException, InterruptedException, ExecutionException {
    try (var server = ServerProgram.start(options);
        var publisher = new Swarm(plan(1, 0), signaling(server), moment -> {})) {
      publisher.publish();
      Cost cold = comeAndGo(server, COLD, COLD_RATE);
      comeAndGo(server, WARM_UP, WARM_UP_RATE);
      return measure(server, cold);
    }
  }

  private static Cost comeAndGo(ServerProgram server, int sessions, double perSecond)
      throws IOException, InterruptedException, ExecutionException {
    long cpu = server.cpuNanos();
    long compiler = server.compilerNanos();
    try (var crowd = new Swarm(plan(0, sessions), signaling(server), moment -> {})) {
      crowd.join(sessions, perSecond);
    }
    return new Cost(sessions, server.cpuNanos() - cpu, server.compilerNanos() - compiler);
  }

  private static Outcome measure(ServerProgram server, Cost cold)
      throws IOException, InterruptedException, ExecutionException {
    double heap = server.heapBytes();
    double resident = server.residentBytes();
    int pausesBefore = server.pauseNanos().size();
    long cpu = server.cpuNanos();
    long compiler = server.compilerNanos();
    LoadResult result;
    var pauses = new Durations();
    try (var crowd = new Swarm(plan(0, MEASURED), signaling(server), moment -> {})) {
      crowd.join(MEASURED, RATE);
      // The heap is collected at a cost of its own.
      cpu = server.cpuNanos() - cpu;
      compiler = server.compilerNanos() - compiler;
      List<Long> all = server.pauseNanos();
      all.subList(pausesBefore, all.size()).forEach(pauses::record);
      heap = server.heapBytes() - heap;
      resident = server.residentBytes() - resident;
      result = crowd.measure();
      cpu -= server.cpuNanos();
      compiler -= server.compilerNanos();
    }
    cpu += server.cpuNanos();
    compiler += server.compilerNanos();
    return new Outcome(
        cold,
        new Cost(MEASURED, cpu, compiler),
        result.connected(),
        result.failures(),
        result.answer(),
        result.connect(),
        heap / MEASURED,
        resident / MEASURED,
        pauses.summary());
  }

  static Signaling signaling(ServerProgram server) {
    return signaling(server, "idle");
  }

  /// @param stream its name
  static Signaling signaling(ServerProgram server, String stream) {
    return new HttpSignaling(
        new SignalingClient(null),
        server.address("/whip/endpoint/" + stream),
        server.address("/whep/endpoint/" + stream));
  }

  /// A frame of one packet a second, for viewers who only show that they are there.
  static LoadPlan plan(int publishers, int viewers) {
    return new LoadPlan(publishers, viewers, LITTLE, 1, RATE, Duration.ofSeconds(1), 1, 1, false, 0)
        .withIdleViewers();
  }
}
