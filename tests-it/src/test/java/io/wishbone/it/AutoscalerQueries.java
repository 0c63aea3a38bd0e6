package io.wishbone.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What the autoscalers of `k8s` ask Prometheus.
public final class AutoscalerQueries {

  private static final Path K8S = ServerProgram.root().resolve("k8s");
  private static final Path KEDA = K8S.resolve("components/autoscaling-keda/scaled-objects.yaml");
  private static final Path ADAPTER = K8S.resolve("components/autoscaling-hpa/adapter-rules.yaml");
  private static final Pattern REGION = Pattern.compile("region=\"([^\"]+)\"");

  private AutoscalerQueries() {}

  /// Where there is one region.
  public static String ofAll() throws IOException {
    return line(KEDA, "query: (.+)");
  }

  /// Where there are several, for another one than those of the overlays: what the overlay of each
  /// has KEDA ask, and what prometheus-adapter asks for a scaler that names its region.
  public static List<String> of(String region) throws IOException {
    List<String> queries = new ArrayList<>();
    try (Stream<Path> overlays = Files.list(K8S.resolve("overlays/multi-region"))) {
      for (Path overlay : overlays.filter(each -> !each.endsWith("region")).sorted().toList()) {
        String query = line(overlay.resolve("kustomization.yaml"), "value: (sum\\(.+)");
        Matcher own = REGION.matcher(query);
        assertThat(own.find()).as(query).isTrue();
        assertThat(own.group(1)).as(query).isEqualTo(overlay.getFileName().toString());
        queries.add(own.replaceFirst(matcher(region)));
      }
    }
    assertThat(queries).hasSizeGreaterThan(1);
    queries.add(
        line(ADAPTER, "metricsQuery: '(.+)'")
            .replace("<<.Series>>", line(ADAPTER, "seriesQuery: '(.+)'"))
            .replace("<<.LabelMatchers>>", matcher(region)));
    return queries;
  }

  private static String matcher(String region) {
    return "region=\"" + region + "\"";
  }

  private static String line(Path file, String pattern) throws IOException {
    Matcher matcher = Pattern.compile("(?m)" + pattern + "$").matcher(Files.readString(file));
    assertThat(matcher.find()).as(file + ": " + pattern).isTrue();
    return matcher.group(1);
  }
}
