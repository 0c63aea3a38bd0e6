package io.wishbone.client.load;

import java.util.Locale;
import java.util.StringJoiner;

/// A [LoadResult] for programs. Times are milliseconds.
final class JsonReport {
  private JsonReport() {}

  static String of(LoadResult result) {
    LoadPlan plan = result.plan();
    var course = new StringJoiner(",\n    ", "[\n    ", "\n  ]");
    result.course().forEach(moment -> course.add(of(moment)));
    var failures = new StringJoiner(", ", "[", "]");
    result.failures().forEach(failure -> failures.add(quoted(failure)));
    var members = new StringJoiner(",\n  ", "{\n  ", "\n}\n");
    members.add(
        "\"plan\": {\"publishers\": %d, \"viewers\": %d, \"frameBytes\": %d, \"framesPerSecond\": %d}"
            .formatted(
                plan.publishers(), plan.viewers(), plan.frameBytes(), plan.framesPerSecond()));
    members.add("\"opened\": " + result.opened());
    members.add("\"connected\": " + result.connected());
    members.add("\"failures\": " + failures);
    members.add("\"answer\": " + of(result.answer()));
    members.add("\"connect\": " + of(result.connect()));
    members.add("\"firstPacket\": " + of(result.firstPacket()));
    members.add("\"firstKeyframe\": " + of(result.firstKeyframe()));
    members.add("\"delay\": " + of(result.delay()));
    members.add("\"jitter\": " + of(result.jitter()));
    members.add("\"seconds\": " + number(result.seconds()));
    members.add("\"packets\": " + result.packets());
    members.add("\"bytes\": " + result.bytes());
    members.add("\"missing\": " + result.missing());
    members.add("\"loss\": " + number(result.loss()));
    members.add("\"notAuthentic\": " + result.refused());
    members.add("\"serverNanosPerPacket\": " + known(result.serverNanosPerPacket()));
    members.add("\"clientNanosPerPacket\": " + number(result.clientNanosPerPacket()));
    members.add("\"course\": " + course);
    return members.toString();
  }

  private static String of(LoadResult.Moment moment) {
    return ("{\"at\": %s, \"connected\": %d, \"packetsPerSecond\": %s, \"bitsPerSecond\": %s, "
            + "\"delayP50\": %s, \"delayP99\": %s, \"serverCores\": %s}")
        .formatted(
            number(moment.atSeconds()),
            moment.connected(),
            number(moment.packetsPerSecond()),
            number(moment.bitsPerSecond()),
            millis(moment.delayP50Nanos()),
            millis(moment.delayP99Nanos()),
            known(moment.serverCores()));
  }

  private static String of(Durations.Summary summary) {
    return "{\"count\": %d, \"p50\": %s, \"p90\": %s, \"p99\": %s, \"max\": %s}"
        .formatted(
            summary.count(),
            millis(summary.p50Nanos()),
            millis(summary.p90Nanos()),
            millis(summary.p99Nanos()),
            millis(summary.maxNanos()));
  }

  private static String millis(long nanos) {
    return number(nanos / 1e6);
  }

  private static String known(double value) {
    return value < 0 ? "null" : number(value);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.6f", value);
  }

  static String quoted(String text) {
    var quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
