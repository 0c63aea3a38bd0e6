package io.wishbone.bench;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The packaged server in a process of its own, with what can be seen of it from outside.
final class ServerProgram implements AutoCloseable {
  /// An option for what it costs to know.
  static final String TRACKS_MEMORY = "-XX:NativeMemoryTracking=summary";

  private static final long START_SECONDS = 60;
  private static final int FIRST_MEDIA_PORT = 21_000;
  private static final int MEDIA_PORTS = 10;

  /// The kernel's ticks, in which it tells processor time.
  private static final long TICK_NANOS = 10_000_000L;

  private static final List<String> COMPILERS = List.of("C1 Compiler", "C2 Compiler");
  private static final Pattern CONNECTED =
      Pattern.compile("wishbone_sessions\\{.*state=\"connected\".*} ([0-9.E]+)");
  private static final Pattern OTHER =
      Pattern.compile("- +Other \\(reserved=\\d+KB, committed=(\\d+)KB\\)");
  private static final Pattern USED = Pattern.compile("used (\\d+)([KMG])");
  private static final Pattern SAFEPOINT = Pattern.compile("Total: +(\\d+) ns");

  private final Process process;
  private final int port;
  private final Path safepoints;

  private ServerProgram(Process process, int port, Path safepoints) {
    this.process = process;
    this.port = port;
    this.safepoints = safepoints;
    // Whoever ends the benchmark early leaves no server behind.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
  }

  private static Path home() {
    return Path.of(System.getProperty("wishbone.home", "."));
  }

  private static Path jar() {
    return home().resolve("app/standalone/target/quarkus-app/quarkus-run.jar");
  }

  /// Whether it was built.
  static boolean isPackaged() {
    return Files.exists(jar());
  }

  /// Starts it with two gigabytes of heap at most, on a free port, and waits until it listens.
  ///
  /// @param collector options that choose the garbage collector, with spaces between them
  static ServerProgram start(String collector) throws IOException, InterruptedException {
    int port = freePort();
    Path safepoints = Files.createTempFile("wishbone-bench", ".log");
    safepoints.toFile().deleteOnExit();
    List<String> command = new ArrayList<>();
    command.add(tool("java"));
    try (Stream<String> options = Files.lines(home().resolve("app/standalone/jvm.options"))) {
      // Another collector than the usual one may be asked for.
      options
          .map(String::strip)
          .filter(option -> option.startsWith("-") && !option.contains("GC"))
          .forEach(command::add);
    }
    command.addAll(List.of(collector.split(" ")));
    command.add("-Xmx2g");
    command.add("-Xlog:safepoint:file=" + safepoints);
    command.addAll(List.of("-jar", jar().toString()));
    command.addAll(List.of("--http-port", Integer.toString(port)));
    command.addAll(List.of("--https-port", Integer.toString(freePort())));
    command.addAll(List.of("--media-port", Integer.toString(freeMediaPort())));
    command.addAll(List.of("--sessions-per-worker", "20000"));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().keySet().removeIf(name -> name.startsWith("WISHBONE_"));
    var server = new ServerProgram(builder.start(), port, safepoints);
    server.awaitListening();
    return server;
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /// Each worker has a port, one behind the other. Of a range from which no others are given out.
  private static int freeMediaPort() throws IOException {
    for (int port = FIRST_MEDIA_PORT; port < FIRST_MEDIA_PORT + 1_000; port += MEDIA_PORTS) {
      if (isFree(port) && isFree(port + 1)) {
        return port;
      }
    }
    throw new IOException("no ports are free for media");
  }

  private static boolean isFree(int port) {
    try {
      new DatagramSocket(port).close();
      return true;
    } catch (SocketException e) {
      return false;
    }
  }

  private static String tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  private void awaitListening() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (true) {
      try {
        new Socket("127.0.0.1", port).close();
        return;
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          close();
          throw new IOException("the server does not start", e);
        }
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
  }

  String address(String path) {
    return "http://127.0.0.1:" + port + path;
  }

  long pid() {
    return process.pid();
  }

  /// Processor time of all its threads.
  long cpuNanos() {
    return process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
  }

  /// Processor time of those of its threads that compile Java code. No other thread waits for them.
  long compilerNanos() throws IOException {
    long ticks = 0;
    try (DirectoryStream<Path> threads =
        Files.newDirectoryStream(Path.of("/proc/" + pid() + "/task"))) {
      for (Path thread : threads) {
        ticks += compilerTicks(thread);
      }
    }
    return ticks * TICK_NANOS;
  }

  private static long compilerTicks(Path thread) throws IOException {
    try {
      String stat = Files.readString(thread.resolve("stat"));
      // The name, in parentheses, has spaces.
      String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
      if (COMPILERS.stream().noneMatch(name::startsWith)) {
        return 0;
      }
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    } catch (NoSuchFileException ended) {
      return 0;
    }
  }

  /// Sessions that are connected, by its own account.
  int connected() throws IOException {
    try (var metrics = URI.create(address("/q/metrics")).toURL().openStream()) {
      return new String(metrics.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(CONNECTED::matcher)
          .filter(Matcher::matches)
          .mapToInt(line -> (int) Double.parseDouble(line.group(1)))
          .sum();
    }
  }

  /// Memory beside the heap that Java code has asked for: direct buffers and native keys. Told by a
  /// server that was started with [#TRACKS_MEMORY].
  double directBytes() throws IOException, InterruptedException {
    Matcher other = OTHER.matcher(jcmd("VM.native_memory summary"));
    if (!other.find()) {
      throw new IOException("memory beside the heap is not told of");
    }
    return Long.parseLong(other.group(1)) * 1024.0;
  }

  /// What is in use on the heap after everything that is garbage was collected.
  double heapBytes() throws IOException, InterruptedException {
    jcmd("GC.run");
    Matcher used = USED.matcher(jcmd("GC.heap_info"));
    if (!used.find()) {
      throw new IOException("the heap is not told of");
    }
    int shift =
        switch (used.group(2)) {
          case "K" -> 10;
          case "M" -> 20;
          default -> 30;
        };
    return Long.parseLong(used.group(1)) * (double) (1L << shift);
  }

  private String jcmd(String command) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of(tool("jcmd"), Long.toString(pid())));
    line.addAll(List.of(command.split(" ")));
    Process tool = new ProcessBuilder(line).redirectErrorStream(true).start();
    String output = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    tool.waitFor();
    return output;
  }

  /// Physical memory that the process has.
  double residentBytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid() + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024.0;
      }
    }
    return 0;
  }

  /// How long all its threads stood still, each time so far.
  List<Long> pauseNanos() throws IOException {
    try (Stream<String> lines = Files.lines(safepoints)) {
      return lines
          .map(SAFEPOINT::matcher)
          .filter(Matcher::find)
          .map(total -> Long.parseLong(total.group(1)))
          .toList();
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
