package io.wishbone.signaling.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Gauges in Prometheus' text format, in which all series of a name stand together.
final class Exposition {

  static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final Map<String, List<String>> families = new TreeMap<>();

  /// @param labels as they are written, without braces
  void gauge(String name, String help, String labels, double value) {
    families
        .computeIfAbsent(
            name,
            _ ->
                new ArrayList<>(
                    List.of("# HELP " + name + " " + help, "# TYPE " + name + " gauge")))
        .add(name + "{" + labels + "} " + value);
  }

  String text() {
    var text = new StringBuilder();
    families.values().forEach(lines -> lines.forEach(line -> text.append(line).append('\n')));
    return text.toString();
  }
}
