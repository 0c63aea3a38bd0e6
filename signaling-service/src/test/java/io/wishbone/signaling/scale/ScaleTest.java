package io.wishbone.signaling.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.control.Command;
import io.wishbone.control.ControlCodec;
import io.wishbone.control.NodeEvent;
import io.wishbone.control.NodeHeartbeat;
import io.wishbone.control.NodeId;
import io.wishbone.control.OpenSession;
import io.wishbone.control.SessionConnected;
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionNoted;
import io.wishbone.control.SessionOutgrown;
import io.wishbone.control.SessionRole;
import io.wishbone.control.SessionsAlive;
import io.wishbone.control.SpatialLayer;
import io.wishbone.control.StreamName;
import io.wishbone.control.StreamStatus;
import io.wishbone.control.VideoLayer;
import io.wishbone.signaling.relay.RelayPod;
import io.wishbone.store.EmbeddedCaches;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The tables of docs/scale.md are what these inputs make.
class ScaleTest {

  private static final Path DOCUMENT = Path.of("../docs/scale.md");
  private static final Path OFFER =
      Path.of("src/test/resources/offers/chromium156-whep-recvonly.offer.sdp");

  private static final List<Audience> AUDIENCES =
      List.of(
          new Audience("a lecture", 1, 1_000, 1),
          new Audience("a town", 100, 100, 1),
          new Audience("a match", 1, 100_000, 5),
          new Audience("a platform", 10_000, 100, 5),
          new Audience("a final", 1, 1_000_000, 5));

  private static void assertTable(String name, List<String> rows) throws IOException {
    String begin = "<!-- " + name + " -->";
    List<String> lines = Files.readAllLines(DOCUMENT);
    int first = lines.indexOf(begin) + 1;
    assertThat(first).describedAs(begin).isPositive();
    int end = lines.subList(first, lines.size()).indexOf("<!-- end -->");
    assertThat(lines.subList(first, first + Math.max(0, end)))
        .describedAs("the table has to be:\n" + String.join("\n", rows))
        .isEqualTo(rows);
  }

  @Test
  void hasTheInputs() throws IOException {
    List<String> rows = new ArrayList<>(List.of("| input | what | from |", "|--:|---|---|"));
    Stream.of(Input.values()).map(Input::row).forEach(rows::add);
    assertTable("inputs", rows);
  }

  @Test
  void hasWhatTheStoreIsAsked() throws IOException {
    List<String> rows =
        List.of(
            "| | reads | writes |",
            "|---|--:|--:|",
            row("POST of a publisher", StoreLoad.PUBLISH),
            row("POST of a viewer, at the origin", StoreLoad.PLAY),
            row("POST of a viewer, at an edge", StoreLoad.PLAY_AT_EDGE),
            row("DELETE by a viewer", StoreLoad.DELETE),
            row("DELETE by a publisher", StoreLoad.DELETE_BY_PUBLISHER),
            row("end of a viewer's session, as its node reports it", StoreLoad.ENDED),
            row("end of a publisher's session, as its node reports it", StoreLoad.PUBLISHER_ENDED),
            row("heartbeat, five in two seconds", StoreLoad.HEARTBEAT),
            row("report of an origin, every 5 s", StoreLoad.REPORT_OF_ORIGIN),
            row("report of an edge, every 5 s", StoreLoad.REPORT_OF_EDGE),
            row("session that is named, every 30 s", StoreLoad.SESSION_ALIVE));
    assertTable("store", rows);
  }

  private static String row(String name, StoreLoad load) {
    return "| %s | %d | %d |".formatted(name, load.reads(), load.writes());
  }

  @Test
  void hasTheSizesOfMessages() throws IOException {
    var codec = new ControlCodec();
    var node = new NodeId("media-eu-west-17");
    var stream = new StreamName("world-cup-final");
    var id = new SessionId("abcdefghijklmnopqrstuvwx");
    Command open =
        new OpenSession(
            id,
            stream,
            SessionRole.SUBSCRIBER,
            Files.readString(OFFER),
            null,
            null,
            null,
            new NodeId("media-eu-west-1"),
            "203.0.113.199");
    NodeEvent beat =
        new NodeHeartbeat(node, "eu-west", "eu-west-1a", 10, 2_400, 40_000, false, 700_000, 0.4);
    var layers =
        List.of(
            new VideoLayer("q", 200_000, 320, 180),
            new VideoLayer("h", 700_000, 640, 360),
            new VideoLayer("f", 2_500_000, 1280, 720));
    NodeEvent status =
        new StreamStatus(node, stream, true, 2_400, layers, new NodeId("media-eu-west-1"));
    var svc =
        new VideoLayer(
            null,
            2_500_000,
            1280,
            720,
            List.of(
                new SpatialLayer(320, 180, List.of(60_000L, 90_000L, 150_000L)),
                new SpatialLayer(640, 360, List.of(300_000L, 400_000L, 700_000L)),
                new SpatialLayer(1280, 720, List.of(900_000L, 1_500_000L, 2_500_000L))));
    NodeEvent layered =
        new StreamStatus(node, stream, true, 2_400, List.of(svc), new NodeId("media-eu-west-1"));
    NodeEvent alive = new SessionsAlive(node, Collections.nCopies(SessionsAlive.MAX_SESSIONS, id));
    NodeEvent connected = new SessionConnected(id, stream, SessionRole.SUBSCRIBER);
    NodeEvent noted =
        new SessionNoted(
            id,
            stream,
            SessionRole.SUBSCRIBER,
            node,
            "0123456789abcdef",
            "abcd",
            "0123456789012345678901234567",
            1,
            "somebody@example.com",
            null,
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            1_795_000_000_000L);
    assertTable(
        "messages",
        List.of(
            "| record | bytes |",
            "|---|--:|",
            size("OpenSession with Chromium's offer", codec.encode(open)),
            size("NodeHeartbeat", codec.encode(beat)),
            size("StreamStatus with three layers", codec.encode(status)),
            size("StreamStatus with three by three layers in one", codec.encode(layered)),
            size("SessionsAlive with 1,000 sessions", codec.encode(alive)),
            size("SessionConnected", codec.encode(connected)),
            size("SessionOutgrown", codec.encode(new SessionOutgrown(id, stream))),
            size("SessionNoted", codec.encode(noted))));
  }

  private static String size(String name, byte[] message) {
    return String.format(Locale.ROOT, "| %s | %,d |", name, message.length);
  }

  @Test
  void hasWhatANodeCarries() throws IOException {
    assertTable(
        "node",
        List.of(
            "| what runs out | viewers of a node |",
            "|---|--:|",
            "| cores | %s |".formatted(whole(Audience.viewersByCores())),
            "| network | %s |".formatted(whole(Audience.viewersByLink())),
            "| places (`sessions-per-worker`) | %s |".formatted(whole(Audience.viewersByPlaces())),
            "| **the first of them** | **%s** |".formatted(whole(Audience.viewersOfNode()))));
  }

  @Test
  void hasWhatAudiencesTake() throws IOException {
    List<String> rows = new ArrayList<>();
    rows.add("| | " + String.join(" | ", AUDIENCES.stream().map(Audience::name).toList()) + " |");
    rows.add("|---|" + "--:|".repeat(AUDIENCES.size()));
    rows.add(
        row(
            "streams × viewers each",
            each -> whole(each.streams()) + " × " + whole(each.viewersEach())));
    rows.add(row("regions", each -> whole(each.regions())));
    rows.add(row("media nodes", each -> whole(each.nodes())));
    rows.add(row("edges of a stream", each -> whole(each.carriersOfStream() - 1)));
    rows.add(row("relay hops at most", each -> whole(depth(each))));
    rows.add(row("Gbit/s between regions", each -> tenths(each.gigabitsBetweenRegions())));
    rows.add(row("POST/s in the rush", each -> whole(each.posts())));
    rows.add(row("signalling processes for requests", each -> whole(each.podsForRequests())));
    rows.add(row("signalling processes for renewals", each -> whole(each.podsForRenewals())));
    rows.add(row("store operations/s", each -> whole(each.storeOperations())));
    rows.add(row("of them, renewals of sessions", each -> whole(2 * each.renewals())));
    rows.add(row("of them, heartbeats, at the worst", each -> whole(each.heartbeats())));
    rows.add(row("store servers", each -> whole(each.storeServers())));
    rows.add(
        row("node entries/s that looks at all nodes read", each -> whole(each.nodesLookedAt())));
    rows.add(
        row(
            "a thread of each process that stores heartbeats, at the worst",
            each -> percent(each.threadOfHeartbeats())));
    rows.add(
        row(
            "a thread that handles reports of edges, one for each partition",
            each -> percent(each.threadsOfReports())));
    rows.add(row("changes/s of the edges of a stream", each -> tenths(each.changesOfEdges())));
    rows.add(row("Kafka records/s", each -> whole(each.records())));
    rows.add(row("brokers", each -> whole(each.brokers())));
    rows.add(row("events/s that each process hears", each -> whole(each.heard())));
    assertTable("audiences", rows);
  }

  @Test
  void saysHowManyEdgesAStreamCanHave() throws IOException {
    double millions = Audience.mostEdges() * Audience.viewersOfNode() / 1e6;
    assertThat(Files.readString(DOCUMENT).replaceAll("\\s+", " "))
        .contains(
            "at most %s changes a second, so about %s edges, or %s million viewers of one stream"
                .formatted(
                    whole(Audience.mostChanges()), whole(Audience.mostEdges()), whole(millions)));
  }

  @Test
  void saysWhatAnOperationOfTheStoreWasFoundToCost() throws IOException {
    int each =
        StoreLoad.PUBLISH.operations()
            + StoreLoad.DELETE_BY_PUBLISHER.operations()
            + StoreLoad.PUBLISHER_ENDED.operations();
    assertThat(Files.readString(DOCUMENT).replaceAll("\\s+", " "))
        .contains("a publisher's POST and DELETE are %d operations".formatted(each))
        .contains(
            "of which a viewer's POST makes %d".formatted(StoreLoad.PLAY_AT_EDGE.operations()));
  }

  private static String row(String name, Function<Audience, String> value) {
    return "| " + name + " | " + String.join(" | ", AUDIENCES.stream().map(value).toList()) + " |";
  }

  private static String whole(double value) {
    return String.format(Locale.ROOT, "%,.0f", Math.floor(value));
  }

  private static String percent(double share) {
    return whole(100 * share) + " %";
  }

  private static String tenths(double value) {
    return String.format(Locale.ROOT, "%,.1f", value);
  }

  /// Grows the tree as signalling does, one node after the other, regions in turn.
  private static int depth(Audience audience) {
    int carriers = audience.carriersOfStream();
    var stream = new StreamName("studio");
    try (var caches = new EmbeddedCaches();
        var pod = RelayPod.on(caches, InstantSource.system())) {
      for (int i = 0; i < carriers; i++) {
        pod.comes("n" + i, "r" + i % audience.regions(), "");
      }
      for (int i = 1; i < carriers; i++) {
        pod.attach(stream, "n0", "n" + i);
      }
      Map<String, String> parents = pod.parents(stream);
      int deepest = 0;
      for (String node : parents.keySet()) {
        int depth = 0;
        for (String above = node; parents.containsKey(above); above = parents.get(above)) {
          depth++;
        }
        deepest = Math.max(deepest, depth);
      }
      return deepest;
    }
  }
}
