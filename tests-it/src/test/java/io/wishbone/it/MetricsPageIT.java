package io.wishbone.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// docs/metrics.md lists what a server really shows, once everything has happened to it.
///
/// When metrics change: run, look at `target/metrics.md`, copy it to `docs`.
class MetricsPageIT {

  @RegisterExtension static final RunningServer server = RunningServer.with("--demo", "true");

  private static final Path FRESH = Path.of("target", "metrics.md");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Pattern HELP = Pattern.compile("# HELP (wishbone_\\w+) (.*)");
  private static final Pattern TYPE = Pattern.compile("# TYPE (wishbone_\\w+) (\\w+)");
  private static final Pattern SAMPLE = Pattern.compile("(wishbone_\\w+)\\{(.*)} .*");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

  private static final String HEAD =
      """
      # Metrics

      What the server shows at `/q/metrics` for Prometheus, besides what the framework shows of HTTP (`http_server_…`), of the Java
      virtual machine (`jvm_…`) and of the process. Generated from a running server: do not edit. `MetricsPageIT` fails when this page
      is stale; it leaves a fresh page in `tests-it/target/metrics.md`, to be copied here.

      No label holds what clients make up: neither streams, nor subjects, nor sessions. Each event of a media node is counted by one
      signalling server: add them up. Metrics of nodes that signalling shows (`wishbone_node_…` with the label `node`) are the same
      at every signalling server: take the maximum.

      Pods and nodes of a cluster show one more, the counter `wishbone_carrier_lost_messages_total`: messages over Kafka that came to
      nothing, by `reason`: `malformed`, `late` (commands that came after their deadline), `dropped`.

      Pods of a cluster show the counter `wishbone_store_unreadable_entries_total`: how often an entry of the store was met that this version of
      the program cannot read, and passed over. The first of each cache is logged. A few during an upgrade are of the newer version.

      A session counts once every five seconds in the histograms of sessions, whatever its length: they say how viewers fare now. A
      media node has `wishbone_sessions`, `wishbone_session_…`, `wishbone_media_…`, `wishbone_datagrams_…`, `wishbone_send_…`,
      `wishbone_drops_…`, `wishbone_streams`, `wishbone_relays`, `wishbone_worker_headroom` and the time to the first frame; all else is
      signalling's. Programs of a cluster show `wishbone_kafka_up` as well, 1 while a broker can be reached.

      | name | kind | labels | meaning |
      |---|---|---|---|
      """;

  private static final String OF_STREAMS =
      """

      ## Of single streams

      For those that are asked for: `/api/v1/metrics?stream=studio&stream=aula` of any signalling server, up to 20 at once, with a token
      that says `admin`. Nodes are asked when it is scraped; a stream that nobody scrapes costs nothing. The sums are of the sessions that
      are there: they fall when one leaves.

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

  private static final class Family {
    private String kind = "";
    private String help = "";
    private final Set<String> labels = new TreeSet<>();
  }

  @Test
  void thePageIsFresh() throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      await()
          .atMost(PATIENCE)
          .until(() -> metrics(client).contains("wishbone_sessions_connected_total"));
      HttpResponse<String> opened =
          send(
              client,
              "POST",
              server.whip("metrics"),
              Offers.read("chromium156-whip-vp8-only.offer.sdp"));
      send(client, "DELETE", URI.create(opened.headers().firstValue("Location").orElseThrow()), "");
      await()
          .atMost(PATIENCE)
          .until(() ->
              metrics(client).contains("wishbone_sessions_ended_total")
                  && metrics(client).contains("wishbone_node_headroom")
                  && metrics(client).contains("wishbone_drops_total"));
      String page = page(metrics(client)) + OF_STREAMS;
      assertDescribed(ofTheDemo(client), page);
      Files.createDirectories(FRESH.getParent());
      Files.writeString(FRESH, page);
      assertThat(ServerProgram.root().resolve("docs/metrics.md"))
          .as("copy tests-it/target/metrics.md to docs")
          .hasContent(page);
    }
  }

  private static String ofTheDemo(HttpClient client) throws IOException, InterruptedException {
    return send(client, "GET", server.console().resolve("api/v1/metrics?stream=demo"), "").body();
  }

  private static void assertDescribed(String exposition, String page) {
    List<String> names =
        exposition
            .lines()
            .map(TYPE::matcher)
            .filter(Matcher::matches)
            .map(m -> m.group(1))
            .toList();
    assertThat(names)
        .hasSizeGreaterThan(8)
        .allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
  }

  private static String page(String exposition) {
    var families = new TreeMap<String, Family>();
    for (String line : exposition.lines().toList()) {
      Matcher help = HELP.matcher(line);
      Matcher type = TYPE.matcher(line);
      Matcher sample = SAMPLE.matcher(line);
      if (help.matches()) {
        families.computeIfAbsent(help.group(1), _ -> new Family()).help = help.group(2).strip();
      } else if (type.matches()) {
        families.computeIfAbsent(type.group(1), _ -> new Family()).kind = type.group(2);
      } else if (sample.matches()) {
        Family family =
            families.get(
                families.containsKey(sample.group(1))
                    ? sample.group(1)
                    : sample.group(1).replaceFirst("_(?:bucket|count|sum|total)$", ""));
        Matcher labels = LABEL.matcher(sample.group(2));
        while (labels.find()) {
          family.labels.add(labels.group(1));
        }
        family.labels.remove("le");
      }
    }
    var page = new StringBuilder(HEAD);
    families.forEach((name, family) ->
        page.append("| `")
            .append(family.kind.equals("counter") ? name + "_total" : name)
            .append("` | ")
            .append(family.kind)
            .append(" | ")
            .append(String.join(", ", family.labels))
            .append(" | ")
            .append(name.endsWith("_max") ? "The largest of it lately" : family.help)
            .append(" |\n"));
    return page.toString();
  }

  private static HttpResponse<String> send(HttpClient client, String method, URI uri, String body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(uri)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .header("Content-Type", "application/sdp")
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private static String metrics(HttpClient client) throws IOException, InterruptedException {
    return send(client, "GET", server.console().resolve("q/metrics"), "").body();
  }
}
