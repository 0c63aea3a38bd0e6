package io.wishbone.bench;

import io.wishbone.client.load.Durations;
import io.wishbone.node.io.SendPath;
import io.wishbone.webrtc.srtp.backend.SrtpBackends;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/// `./wishbone bench`: the node, the C program and the node's plain path in one run.
public final class Bench {
  private static final int VIEWERS = 500;
  private static final int PLAIN_VIEWERS = 100;
  private static final int PACKETS_PER_FRAME = 15;
  private static final int WORKERS_VIEWERS = 200;
  private static final Duration TIME = Duration.ofSeconds(6);
  private static final Duration SHORT_TIME = Duration.ofSeconds(4);

  /// What was run before has warmed up all but what relays do.
  private static final Duration SHORT_WARM_UP = Duration.ofSeconds(4);

  /// All but what encrypts is warm by then.
  private static final Duration OTHER_WARM_UP = Duration.ofSeconds(8);

  private static final int C_SECONDS = 4;
  private static final int IDLE_SESSIONS = 10_000;

  /// What the launcher sets, and what could be set instead.
  private static final List<String> COLLECTORS =
      List.of(
          "-XX:+UseG1GC -XX:MaxGCPauseMillis=20",
          "-XX:+UseG1GC -XX:MaxGCPauseMillis=4 -XX:MaxTenuringThreshold=2"
              + " -XX:+UnlockExperimentalVMOptions -XX:G1NewSizePercent=1",
          "-XX:+UseZGC");

  private static final int COLLECTOR_ROUNDS = 3;

  private static final SendPath PLAIN = new SendPath(false, Duration.ZERO);

  private Bench() {}

  public static void main(String[] arguments) throws Exception {
    if (arguments.length > 0 && arguments[0].equals("micro")) {
      org.openjdk.jmh.Main.main(Arrays.copyOfRange(arguments, 1, arguments.length));
      return;
    }
    List<String> rows = List.of(arguments);
    describeMachine();
    System.out.println();
    if (rows.isEmpty() || rows.contains("fan-out")) {
      fanOut();
    }
    if (rows.isEmpty() || rows.contains("crowd")) {
      crowd();
    }
    if (rows.isEmpty() || rows.contains("workers")) {
      workers();
    }
    if (rows.isEmpty() || rows.contains("storm")) {
      storm();
    }
    if (rows.isEmpty() || rows.contains("server")) {
      server();
    }
    if (rows.contains("collectors")) {
      collectors(count(rows, "collectors", COLLECTOR_ROUNDS));
    }
    if (rows.contains("idle")) {
      idle(count(rows, "idle", IDLE_SESSIONS));
    }
    // Threads of libraries may still run.
    System.exit(0);
  }

  /// The number behind the name of a row.
  private static int count(List<String> rows, String name, int usual) {
    int at = rows.indexOf(name) + 1;
    return at < rows.size() && rows.get(at).matches("\\d{1,6}")
        ? Integer.parseInt(rows.get(at))
        : usual;
  }

  private static void describeMachine() {
    var system = ManagementFactory.getOperatingSystemMXBean();
    print(
        "%d processors, load %.1f, %s %s, Java %s, SRTP back ends %s",
        system.getAvailableProcessors(),
        system.getSystemLoadAverage(),
        system.getName(),
        system.getVersion(),
        Runtime.version(),
        SrtpBackends.find().names());
    processor().ifPresent(name -> print("%s", name));
    print(
        "1,150-byte packets, 30 frames a second, one worker, loopback; processor time of its thread");
  }

  private static Optional<String> processor() {
    try {
      return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static void fanOut() throws IOException, InterruptedException, ExecutionException {
    List<String> backends = SrtpBackends.find().names();
    Optional<Baseline> baseline = Baseline.compile();
    Baseline.Outcome first = null;
    if (baseline.isPresent()) {
      first = baseline.get().run(VIEWERS, PACKETS_PER_FRAME, C_SECONDS);
    }
    List<FanOut.Row> rows = new ArrayList<>();
    rows.add(
        new FanOut(
                "node, " + backends.getFirst(),
                SendPath.USUAL,
                backends.getFirst(),
                VIEWERS,
                PACKETS_PER_FRAME)
            .run(TIME));
    Baseline.Outcome second = null;
    if (baseline.isPresent()) {
      second = baseline.get().run(VIEWERS, PACKETS_PER_FRAME, C_SECONDS);
    }
    if (backends.size() > 2) {
      String other = backends.get(1);
      rows.add(
          new FanOut("node, " + other, SendPath.USUAL, other, PLAIN_VIEWERS, PACKETS_PER_FRAME)
              .run(OTHER_WARM_UP, TIME));
    }
    rows.add(
        new FanOut("node, plain: no segments, jce", PLAIN, "jce", PLAIN_VIEWERS, PACKETS_PER_FRAME)
            .run(OTHER_WARM_UP, TIME));
    print(
        "%-32s %7s %9s %9s %8s %8s %7s %8s %9s %9s %9s %9s",
        "fan-out",
        "viewers",
        "ns/packet",
        "kpps/core",
        "Gbit/s/c",
        "run",
        "cores",
        "B/packet",
        "recv %",
        "missing",
        "p50 ms",
        "p99 ms");
    rows.forEach(Bench::print);
    FanOut.Row node = rows.getFirst();
    if (first != null && second != null) {
      double least = Math.min(first.nanosPerPacket(), second.nanosPerPacket());
      print(
          "%-32s %7d %9.0f   (before and after: %.0f, %.0f; received %.1f %%)",
          "C, GSO and " + first.library(),
          VIEWERS,
          (first.nanosPerPacket() + second.nanosPerPacket()) / 2,
          first.nanosPerPacket(),
          second.nanosPerPacket(),
          100.0 * (first.received() + second.received()) / (first.sent() + second.sent()));
      print(
          "node / C: %.2f (to the quicker run of C: %.2f)",
          2 * node.nanosPerPacket() / (first.nanosPerPacket() + second.nanosPerPacket()),
          node.nanosPerPacket() / least);
    } else {
      print("no C compiler or library here: no baseline");
    }
    print("plain / node: %.2f", rows.getLast().nanosPerPacket() / node.nanosPerPacket());
    print("client: %.0f ns a received packet", node.clientNanosPerPacket());
    System.out.println();
  }

  private static void crowd() throws InterruptedException, ExecutionException {
    // 1.5 Mbit/s in frames of five or six packets.
    FanOut.Row row =
        new FanOut("1,000 viewers at 1.5 Mbit/s", SendPath.USUAL, SrtpBackends.AUTO, 1_000, 5)
            .run(TIME);
    print(row);
    print(
        "loss %.4f %%, delay p50 %s, p99 %s; the swarm: %.2f us a packet",
        100.0 * row.missing() / Math.max(1, row.received() + row.missing()),
        millis(row.delay().p50Nanos()),
        millis(row.delay().p99Nanos()),
        row.clientNanosPerPacket() / 1000);
    System.out.println();
  }

  private static void storm() throws InterruptedException, ExecutionException {
    Storm.Outcome storm = Storm.run(new FanOut("storm", SendPath.USUAL, SrtpBackends.AUTO, 0, 0));
    print(
        "storm: %d of 500 new viewers connected in %.1f s, beside 100 that were there",
        storm.connected(), storm.seconds());
    storm.failures().forEach(failure -> print("  %s", failure));
    print(
        "of those who were there, %d packets of %d are missing", storm.missing(), storm.received());
    print("delay before %s, during %s", percentiles(storm.before()), percentiles(storm.during()));
  }

  /// The same viewers on one worker, on two that share a stream, and on two with a stream each.
  private static void workers() throws InterruptedException, ExecutionException {
    List<FanOut.Row> rows = new ArrayList<>();
    for (int[] of : new int[][] {{1, 1}, {2, 1}, {2, 2}}) {
      String name = of[0] + " workers, " + of[1] + " streams";
      rows.add(
          new FanOut(
                  name,
                  SendPath.USUAL,
                  SrtpBackends.AUTO,
                  WORKERS_VIEWERS,
                  PACKETS_PER_FRAME,
                  of[0],
                  of[1])
              .run(SHORT_WARM_UP, SHORT_TIME));
    }
    rows.forEach(Bench::print);
    double one = rows.getFirst().nanosPerPacket();
    print(
        "processor time of a packet, to one worker: %.2f with a relay, %.2f with two streams",
        rows.get(1).nanosPerPacket() / one, rows.get(2).nanosPerPacket() / one);
    System.out.println();
  }

  /// The whole program, as a process of its own, over HTTP.
  private static void server() throws IOException, InterruptedException, ExecutionException {
    if (!ServerProgram.isPackaged()) {
      print("the server is not packaged: no set-ups over HTTP");
      return;
    }
    SetUps.Outcome outcome = SetUps.run(COLLECTORS.getFirst());
    SetUps.Cost cold = outcome.cold();
    SetUps.Cost warm = outcome.warm();
    print("the server, over HTTP, %s", COLLECTORS.getFirst());
    print(
        "  the first %d set-ups: %.1f ms of the server's time for each, %.1f of them to compile",
        cold.sessions(), cold.millisEach(), cold.compilerMillisEach());
    print(
        "  %d set-ups when it is warm: %.1f ms, %.1f of them to compile; %.0f a second on a core",
        warm.sessions(), warm.millisEach(), warm.compilerMillisEach(), warm.perCoreSecond());
    outcome.failures().forEach(failure -> print("  %s", failure));
    print(
        "  %d connected; POST to 201 %s; to connected %s",
        outcome.connected(), percentiles(outcome.answer()), percentiles(outcome.connect()));
    print(
        "  idle session: %.1f KB of heap, %.1f KB of memory of the process",
        outcome.heapBytesPerSession() / 1024, outcome.residentBytesPerSession() / 1024);
    print("  %s", pauses(outcome.pauses()));
    System.out.println();
  }

  private static String pauses(Durations.Summary of) {
    return String.format(
        Locale.ROOT,
        "%d pauses of the virtual machine, %s, longest %s",
        of.count(),
        percentiles(of),
        millis(of.maxNanos()));
  }

  /// Several collectors, one after the other, and that several times.
  private static void collectors(int rounds)
      throws IOException, InterruptedException, ExecutionException {
    if (!ServerProgram.isPackaged()) {
      print("the server is not packaged: no collectors");
      return;
    }
    for (int i = 0; i < rounds; i++) {
      for (String collector : COLLECTORS) {
        Collectors.Outcome outcome = Collectors.run(collector);
        print(
            "%s; %.0f ns a packet, %.1f ms a set-up, without compiling; %.0f MB of memory; %s",
            pauses(outcome.pauses()),
            outcome.cpuNanosPerPacket(),
            outcome.cpuMillisPerSetUp(),
            outcome.residentBytes() / 1048576,
            collector);
        outcome.failures().forEach(failure -> print("  %s", failure));
      }
    }
    System.out.println();
  }

  /// Sessions in a server with two gigabytes of heap.
  ///
  /// @param sessions how many
  private static void idle(int sessions)
      throws IOException, InterruptedException, ExecutionException {
    if (!ServerProgram.isPackaged()) {
      print("the server is not packaged: no idle sessions");
      return;
    }
    IdleCrowd.Outcome crowd =
        IdleCrowd.run(
            COLLECTORS.getFirst(),
            sessions,
            connected ->
                System.err.printf(Locale.ROOT, "%d of %d are there%n", connected, sessions));
    print(
        "%d idle sessions, %s, 2 GB of heap: came in %.0f s, connected are %d, of the server %d",
        sessions,
        COLLECTORS.getFirst(),
        crowd.seconds(),
        crowd.connected(),
        crowd.connectedAtServer());
    crowd.failures().forEach(failure -> print("  %s", failure));
    print(
        "  heap in use after a collection %.0f MB, direct memory %.0f MB, memory of the process %.0f MB",
        crowd.heapBytes() / 1048576,
        crowd.directBytes() / 1048576,
        crowd.residentBytes() / 1048576);
    print(
        "  while nobody comes or goes, the server takes %.2f of a core, %.1f us a second a session",
        crowd.cores(), crowd.cores() * 1e6 / sessions);
    System.out.println();
  }

  private static String percentiles(Durations.Summary of) {
    return "p50 " + millis(of.p50Nanos()) + ", p99 " + millis(of.p99Nanos());
  }

  private static String millis(long nanos) {
    return String.format(Locale.ROOT, "%.2f ms", nanos / 1e6);
  }

  private static void print(FanOut.Row row) {
    print(
        "%-32s %7d %9.0f %9.0f %8.2f %8.1f %7.2f %8.1f %9.1f %9d %9.2f %9.2f",
        row.name(),
        row.viewers(),
        row.nanosPerPacket(),
        row.packetsPerCoreSecond() / 1000,
        row.bitsPerSecond() / row.cores() / 1e9,
        row.packetsPerRun(),
        row.cores(),
        row.garbagePerPacket(),
        100 * row.receivedShare(),
        row.missing(),
        row.delay().p50Nanos() / 1e6,
        row.delay().p99Nanos() / 1e6);
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format + "%n", values);
  }
}
