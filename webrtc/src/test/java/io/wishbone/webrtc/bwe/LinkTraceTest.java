package io.wishbone.webrtc.bwe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The estimate over links whose capacity changes all the time: a benchmark. Recordings are not
/// part of the project; a folder of them, as mahimahi has them, is named by `-Dbwe.traces=FOLDER`,
/// and takes its place beside links that are made from seeds.
class LinkTraceTest {
  private static final int QUEUE_BYTES = 150_000;
  private static final long LONGEST_MILLIS = 180_000;

  /// @param used the least share of the capacity
  /// @param delayMillis the longest that 95 % of the packets may wait
  /// @param lost the largest share of packets that find the queue full
  record Bounds(LinkTrace trace, double used, long delayMillis, double lost) {
    @Override
    public String toString() {
      return trace.name();
    }
  }

  static List<Bounds> made() {
    return List.of(
        new Bounds(LinkTrace.scheduled(), 0.75, 300, 0.01),
        new Bounds(LinkTrace.walking(1), 0.7, 100, 0.01),
        new Bounds(LinkTrace.walking(2), 0.7, 100, 0.01),
        new Bounds(LinkTrace.driving(1), 0.3, 1_500, 0.03),
        new Bounds(LinkTrace.driving(2), 0.15, 500, 0.03),
        new Bounds(LinkTrace.driving(3), 0.25, 500, 0.03));
  }

  /// What holds for all of them: something is used, and little lost.
  static Stream<Bounds> all() throws IOException {
    String folder = System.getProperty("bwe.traces", "");
    return folder.isEmpty()
        ? made().stream()
        : Stream.concat(
            made().stream(),
            recordings(Path.of(folder)).stream()
                .map(recording -> new Bounds(recording, 0.1, 15_000, 0.1)));
  }

  private static List<LinkTrace> recordings(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().map(LinkTrace::recorded).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void isFollowedWithoutALongQueue(Bounds bounds) {
    LinkTrace trace = bounds.trace();
    long millis = Math.min(trace.millis(), LONGEST_MILLIS);
    TracedFlow.Outcome outcome = new TracedFlow(trace, QUEUE_BYTES).run(millis);
    System.out.printf(
        "| %s | %.0f kbit/s | %.0f %% | %d ms | %.1f %% |%n",
        trace.name(),
        outcome.kilobits(),
        100 * outcome.used(),
        outcome.delayMillis(),
        100 * outcome.lost());
    assertThat(outcome.used()).isBetween(bounds.used(), 1.0);
    assertThat(outcome.delayMillis()).isLessThan(bounds.delayMillis());
    assertThat(outcome.lost()).isLessThan(bounds.lost());
  }
}
