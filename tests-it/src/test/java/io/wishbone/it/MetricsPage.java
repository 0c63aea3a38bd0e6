package io.wishbone.it;

import io.wishbone.node.session.MediaDropReason;
import io.wishbone.webrtc.transport.DropReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// docs/metrics.md, made of what a pod and a node of a cluster show, and read again.
public final class MetricsPage {

  /// Where it is kept.
  public static final Path KEPT = ServerProgram.root().resolve("docs/metrics.md");

  private static final Pattern ROW =
      Pattern.compile(
          "\\| `(wishbone_\\w+)` \\| (\\w+) \\| ([^|]*) \\| (pod|node|pod, node) \\| (.*) \\|");

  private static final Pattern STREAM_ROW =
      Pattern.compile("\\| `(wishbone_stream_\\w+)` \\| (\\w+) \\| ([^|]*) \\| [^|]* \\|");

  private static final String HEAD =
      """
      # Metrics

      What the programs show at `/q/metrics` for Prometheus, besides what the framework shows of HTTP (`http_server_…`), of the Java
      virtual machine (`jvm_…`) and of the process. Generated from a pod and a node of a running cluster: do not edit.
      `MetricsPageInCluster` (`./wishbone cluster-test`) fails when this page is stale; it leaves a fresh page in `tests-it/target/metrics.md`,
      to be copied here. `MetricsPageIT` compares it with the one process that is everything.

      *Shown by* says who has it: signalling pods, media nodes, or both. The one process has all of them but
      `wishbone_kafka_up`, `wishbone_carrier_lost_messages_total` and `wishbone_store_unreadable_entries_total`.

      No label holds what clients make up: neither streams, nor subjects, nor sessions. What a node shows of itself says which node it is, in
      `node`, `region` and `zone`: add them up. What a pod shows of nodes (`wishbone_node_…` with the label `node`) is the same at every pod:
      take the maximum. Which pod it is, Prometheus adds (`instance`, on Kubernetes `pod`); `wishbone_pod` says where it runs. `node` is drawn
      anew when a node starts, unless it is set: so each start makes as many series as a new machine would.

      A session counts once every five seconds in the histograms of sessions, whatever its length: they say how viewers fare now.

      | name | kind | labels | shown by | meaning |
      |---|---|---|---|---|
      """;

  private static final String DROPS =
      """

      ## Reasons to drop

      The values of `reason` of `wishbone_drops_total`. All are there from the start, at 0.

      | reason | meaning |
      |---|---|
      """;

  private static final String OF_STREAMS =
      """

      ## Of single streams

      For those that are asked for: `/api/v1/metrics?stream=studio&stream=aula` of any signalling server, up to 20 at once, with a token
      that says `admin`. Nodes are asked when it is scraped; a stream that nobody scrapes costs nothing. The sums are of the sessions that
      are there: they fall when one leaves. On Kubernetes: `k8s/components/stream-metrics`.

      ```yaml
      scrape_configs:
        - job_name: streams
          metrics_path: /api/v1/metrics
          params: {stream: [studio, aula]}
          authorization: {credentials_file: /etc/prometheus/wishbone-token}
          static_configs: [{targets: ['signaling.wishbone:8080']}]
      ```

      | name | kind | labels | meaning |
      |---|---|---|---|
      | `wishbone_stream_sessions` | gauge | role, stream, verdict | Sessions of the stream, by what is wrong with them |
      | `wishbone_stream_bitrate` | gauge | role, stream | Bits a second of all of them |
      | `wishbone_stream_bytes` | gauge | role, stream | Bytes of media of those that are there |
      | `wishbone_stream_packets` | gauge | role, stream | Packets of those that are there |
      | `wishbone_stream_lost` | gauge | role, stream | Packets that did not come |
      | `wishbone_stream_nacks` | gauge | role, stream | Packets that were asked for again |
      | `wishbone_stream_repaired` | gauge | role, stream | Packets that came or were sent again |
      | `wishbone_stream_keyframe_requests` | gauge | role, stream | How often a keyframe was asked for |
      | `wishbone_stream_loss_mean` | gauge | role, stream | Share of packets lost lately |
      | `wishbone_stream_loss_max` | gauge | role, stream | Share of packets lost lately, where it is largest |
      | `wishbone_stream_round_trip_seconds_mean` | gauge | role, stream | There and back |
      | `wishbone_stream_round_trip_seconds_max` | gauge | role, stream | There and back, where it is longest |
      | `wishbone_stream_jitter_seconds_mean` | gauge | role, stream | Of the worst track |
      | `wishbone_stream_jitter_seconds_max` | gauge | role, stream | Of the worst track, where it is largest |
      """;

  private MetricsPage() {}

  /// @param pod what a signalling pod of a cluster shows
  /// @param node what a media node of a cluster shows
  public static String write(
      SortedMap<String, MetricFamily> pod, SortedMap<String, MetricFamily> node) {
    var names = new TreeSet<>(pod.keySet());
    names.addAll(node.keySet());
    var page = new StringBuilder(HEAD);
    for (String name : names) {
      MetricFamily family = pod.containsKey(name) ? pod.get(name) : node.get(name);
      boolean both = pod.containsKey(name) && node.containsKey(name);
      String labels = family.labels();
      if (both && !labels.equals(node.get(name).labels())) {
        labels = (labels.isEmpty() ? "" : labels + "; ") + "of nodes " + node.get(name).labels();
      }
      page.append(
          "| `%s` | %s | %s | %s | %s |%n"
              .formatted(
                  name,
                  family.kind(),
                  labels,
                  both ? "pod, node" : pod.containsKey(name) ? "pod" : "node",
                  family.meaning()));
    }
    page.append(DROPS);
    reasons()
        .forEach((reason, meaning) -> page.append("| `%s` | %s |%n".formatted(reason, meaning)));
    return page.append(OF_STREAMS).toString();
  }

  /// The metrics that a page lists, without those of single streams.
  static SortedMap<String, MetricFamily> read(String page) {
    SortedMap<String, MetricFamily> rows = new TreeMap<>();
    Matcher row = ROW.matcher(page);
    while (row.find()) {
      rows.put(row.group(1), new MetricFamily(row.group(2), row.group(3), row.group(5)));
    }
    return rows;
  }

  /// Kind and labels of the metrics of single streams that a page lists.
  static SortedMap<String, String> ofStreams(String page) {
    SortedMap<String, String> rows = new TreeMap<>();
    Matcher row = STREAM_ROW.matcher(page);
    while (row.find()) {
      rows.put(row.group(1), row.group(2) + " " + row.group(3));
    }
    return rows;
  }

  /// Why something is dropped, as the enums say it where each reason is documented.
  public static SortedMap<String, String> reasons() {
    SortedMap<String, String> reasons = new TreeMap<>();
    reasons.putAll(
        documented(
            "media-node/src/main/java/io/wishbone/node/session/MediaDropReason.java",
            MediaDropReason.values()));
    documented(
            "webrtc/src/main/java/io/wishbone/webrtc/transport/DropReason.java",
            DropReason.values())
        .forEach(reasons::putIfAbsent);
    return reasons;
  }

  private static SortedMap<String, String> documented(String source, Enum<?>[] constants) {
    SortedMap<String, String> all = new TreeMap<>();
    List<String> comment = new ArrayList<>();
    for (String line : lines(source)) {
      String text = line.strip();
      if (text.startsWith("///")) {
        comment.add(text.substring(3).strip());
        continue;
      }
      for (Enum<?> constant : constants) {
        if (text.replace(",", "").equals(constant.name()) && !comment.isEmpty()) {
          all.put(constant.name().toLowerCase(Locale.ROOT), String.join(" ", comment));
        }
      }
      comment.clear();
    }
    if (all.size() != constants.length) {
      throw new AssertionError("a reason of " + source + " is not explained: " + all.keySet());
    }
    return all;
  }

  private static List<String> lines(String source) {
    try {
      return Files.readAllLines(ServerProgram.root().resolve(source));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
