package io.wishbone.it;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a program says of one of its metrics at `/q/metrics`, in the text format of Prometheus.
///
/// @param kind `counter`, `gauge`, `histogram` or `summary`
/// @param labels of all of its series together, with commas in between
public record MetricFamily(String kind, String labels, String meaning) {

  private static final Pattern HELP = Pattern.compile("# HELP (wishbone_\\w+) (.*)");
  private static final Pattern TYPE = Pattern.compile("# TYPE (wishbone_\\w+) (\\w+)");
  private static final Pattern SAMPLE = Pattern.compile("(wishbone_\\w+)\\{(.*)} .*");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

  /// All that are ours, by the names that queries have for them.
  public static SortedMap<String, MetricFamily> read(String exposition) {
    Map<String, String> meanings = new TreeMap<>();
    Map<String, String> kinds = new TreeMap<>();
    Map<String, TreeSet<String>> labels = new TreeMap<>();
    for (String line : exposition.lines().toList()) {
      Matcher help = HELP.matcher(line);
      Matcher type = TYPE.matcher(line);
      Matcher sample = SAMPLE.matcher(line);
      if (help.matches()) {
        meanings.put(help.group(1), help.group(2).strip());
      } else if (type.matches()) {
        kinds.put(type.group(1), type.group(2));
      } else if (sample.matches()) {
        String name =
            kinds.containsKey(sample.group(1))
                ? sample.group(1)
                : sample.group(1).replaceFirst("_(?:bucket|count|sum|total)$", "");
        Matcher each = LABEL.matcher(sample.group(2));
        while (each.find()) {
          labels.computeIfAbsent(name, _ -> new TreeSet<>()).add(each.group(1));
        }
      }
    }
    SortedMap<String, MetricFamily> families = new TreeMap<>();
    kinds.forEach((name, kind) -> {
      TreeSet<String> own = labels.getOrDefault(name, new TreeSet<>());
      own.remove("le");
      families.put(
          kind.equals("counter") ? name + "_total" : name,
          new MetricFamily(
              kind,
              String.join(", ", own),
              name.endsWith("_max")
                  ? "The largest of it lately"
                  : meanings.getOrDefault(name, "")));
    });
    return families;
  }
}
