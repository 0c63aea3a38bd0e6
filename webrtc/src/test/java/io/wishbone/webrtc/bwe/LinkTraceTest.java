package io.wishbone.webrtc.bwe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// The estimate over links whose capacity changes all the time: a benchmark. Recordings are not
/// part of the project; a folder of them, as mahimahi has them, is named by `-Dbwe.traces=FOLDER`.
class LinkTraceTest {
  private static final int QUEUE_BYTES = 150_000;
  private static final long LONGEST_MILLIS = 180_000;

  private static TracedFlow.Outcome run(LinkTrace trace) {
    long millis = Math.min(trace.millis(), LONGEST_MILLIS);
    TracedFlow.Outcome outcome = new TracedFlow(trace, QUEUE_BYTES).run(millis);
    System.out.printf(
        "| %s | %d s | %.0f kbit/s | %.0f %% | %d ms | %.1f %% |%n",
        trace.name(),
        millis / 1_000,
        outcome.kilobits(),
        100 * outcome.used(),
        outcome.delayMillis(),
        100 * outcome.lost());
    return outcome;
  }

  @Test
  void followsTheScheduleOfRfc8867() {
    TracedFlow.Outcome outcome = run(LinkTrace.scheduled());
    assertThat(outcome.used()).isBetween(0.7, 1.0);
    assertThat(outcome.lost()).isLessThan(0.02);
  }

  @Test
  @EnabledIfSystemProperty(named = "bwe.traces", matches = ".+")
  void followsRecordedLinks() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("bwe.traces")))) {
      List<Path> recordings = files.filter(Files::isRegularFile).sorted().toList();
      assertThat(recordings).isNotEmpty();
      for (Path recording : recordings) {
        assertThat(run(LinkTrace.recorded(recording)).used()).isGreaterThan(0.1);
      }
    }
  }
}
