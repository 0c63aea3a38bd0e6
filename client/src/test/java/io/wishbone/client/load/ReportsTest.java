package io.wishbone.client.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportsTest {
  private static final Durations.Summary SOME =
      new Durations.Summary(10, 1_000_000, 2_000_000, 3_000_000, 4_000_000);

  private final LoadResult result =
      new LoadResult(
          new LoadPlan(1, 10, 8_000, 30, 50, Duration.ofSeconds(2), 1, 1, true, 7),
          10,
          9,
          List.of("1 x \"quoted\" <failure>"),
          SOME,
          SOME,
          SOME,
          SOME,
          SOME,
          2.0,
          990,
          10,
          0,
          1_000_000,
          SOME,
          99_000_000,
          49_500_000,
          List.of(
              new LoadResult.Moment(1, 5, 400, 4e6, 1_000_000, 2_000_000, 0.5),
              new LoadResult.Moment(2, 9, 500, 5e6, 1_000_000, 2_000_000, -1)));

  @Test
  void theTextSaysWhatMatters() {
    assertThat(TextReport.of(result))
        .contains("10 asked for, 10 answered, 9 connected")
        .contains("990 packets in 2.0 s: 495 packets/s, 4.0 Mbit/s")
        .contains("missing     10 packets, 1.0000 %")
        .contains("100000 ns a packet")
        .contains("50000 ns a packet");
  }

  @Test
  void theJsonIsWellFormed() {
    String json = JsonReport.of(result);
    assertThat(json)
        .contains("\"failures\": [\"1 x \\\"quoted\\\" <failure>\"]")
        .contains("\"loss\": 0.010000")
        .contains("\"serverNanosPerPacket\": 100000.000000")
        .contains("\"serverCores\": null");
    assertThat(json.chars().filter(c -> c == '{').count())
        .isEqualTo(json.chars().filter(c -> c == '}').count());
    assertThat(JsonReport.quoted("a\"\\\n")).isEqualTo("\"a\\\"\\\\\\u000a\"");
  }

  @Test
  void thePageStandsAloneAndQuotesWhatItShows() {
    assertThat(HtmlReport.of(result))
        .contains("<svg", "polyline", "&lt;failure&gt;")
        .doesNotContain("<failure>")
        .doesNotContain("http:", "https:", "src=");
  }
}
