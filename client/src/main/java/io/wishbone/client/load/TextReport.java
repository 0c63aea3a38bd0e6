package io.wishbone.client.load;

import java.util.Locale;

/// A [LoadResult] for a terminal.
final class TextReport {
  private final StringBuilder text = new StringBuilder();

  private TextReport() {}

  static String of(LoadResult result) {
    var report = new TextReport();
    report.write(result);
    return report.text.toString();
  }

  static String of(LoadResult.Moment moment) {
    return String.format(
        Locale.ROOT,
        "%6.1f s  %5d viewers  %8.0f packets/s  %8.1f Mbit/s  delay p50 %s p99 %s%s",
        moment.atSeconds(),
        moment.connected(),
        moment.packetsPerSecond(),
        moment.bitsPerSecond() / 1e6,
        millis(moment.delayP50Nanos()),
        millis(moment.delayP99Nanos()),
        moment.serverCores() < 0
            ? ""
            : String.format(Locale.ROOT, "  server %.2f cores", moment.serverCores()));
  }

  private void write(LoadResult result) {
    line(
        "viewers     %d asked for, %d answered, %d connected",
        result.plan().viewers(), result.opened(), result.connected());
    for (String failure : result.failures()) {
      line("            %s", failure);
    }
    line("            %10s %10s %10s %10s %8s", "p50", "p90", "p99", "max", "count");
    durations("answer", result.answer());
    durations("connected", result.connect());
    durations("1st packet", result.firstPacket());
    durations("1st keyframe", result.firstKeyframe());
    durations("delay", result.delay());
    durations("jitter", result.jitter());
    line(
        "received    %d packets in %.1f s: %.0f packets/s, %.1f Mbit/s",
        result.packets(),
        result.seconds(),
        result.packets() / result.seconds(),
        result.bytes() * 8 / result.seconds() / 1e6);
    line(
        "missing     %d packets, %.4f %%; not authentic %d",
        result.missing(), 100 * result.loss(), result.refused());
    if (result.serverCpuNanos() >= 0) {
      line(
          "server      %.2f cores, %.0f ns a packet",
          result.serverCpuNanos() / 1e9 / result.seconds(), result.serverNanosPerPacket());
    }
    line(
        "this swarm  %.2f cores, %.0f ns a packet",
        result.clientCpuNanos() / 1e9 / result.seconds(), result.clientNanosPerPacket());
  }

  private void durations(String name, Durations.Summary of) {
    if (of.count() > 0) {
      line(
          "%-12s%10s %10s %10s %10s %8d",
          name,
          millis(of.p50Nanos()),
          millis(of.p90Nanos()),
          millis(of.p99Nanos()),
          millis(of.maxNanos()),
          of.count());
    }
  }

  private static String millis(long nanos) {
    return String.format(Locale.ROOT, "%.2f ms", nanos / 1e6);
  }

  private void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
