package io.wishbone.app.program;

import io.wishbone.app.program.kind.Choice;
import io.wishbone.app.program.kind.WebBase;
import io.wishbone.app.program.kind.WholeNumber;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What those see who look after the server.
public final class ObservationSettings {

  public static final Setting LOG_LEVEL =
      new Setting(
          Group.OBSERVATION,
          "log-level",
          Choice.of("error", "warn", "info", "debug"),
          "info",
          "How much is logged, to standard error");

  static final Setting LOG_FORMAT =
      new Setting(
          Group.OBSERVATION,
          "log-format",
          Choice.of("text", "json"),
          "text",
          "Lines for people, or a JSON object each, with stream, session and trace where a line is"
              + " about one");

  static final Setting TRACE_ENDPOINT =
      new Setting(
          Group.OBSERVATION,
          "trace.endpoint",
          new WebBase(),
          null,
          "Where traces of sessions are sent, by OTLP over HTTP, such as http://collector:4318;"
              + " without it none are made");

  static final Setting TRACE_PERCENT =
      new Setting(
          Group.OBSERVATION,
          "trace.percent",
          new WholeNumber("PERCENT", 1, 100),
          "100",
          "How many of a hundred sessions are traced");

  static final List<Setting> ALL = List.of(LOG_LEVEL, LOG_FORMAT, TRACE_ENDPOINT, TRACE_PERCENT);

  private static final double WHOLE = 100;

  private ObservationSettings() {}

  /// The same in the framework's own terms. What is not said here may be said to it directly.
  static Map<String, String> framework(Settings settings) {
    var values = new LinkedHashMap<String, String>();
    if (settings.is(LOG_FORMAT, "json")) {
      values.put("quarkus.log.console.json.enabled", "true");
    }
    if (settings.has(TRACE_ENDPOINT)) {
      values.put("quarkus.otel.sdk.disabled", "false");
      values.put("quarkus.otel.exporter.otlp.endpoint", settings.get(TRACE_ENDPOINT));
      values.put(
          "quarkus.otel.traces.sampler.arg",
          Double.toString(settings.number(TRACE_PERCENT) / WHOLE));
    }
    return values;
  }
}
