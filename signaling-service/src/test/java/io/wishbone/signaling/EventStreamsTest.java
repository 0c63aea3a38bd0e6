package io.wishbone.signaling;

import static io.wishbone.signaling.Http.header;
import static io.wishbone.signaling.Http.location;
import static io.wishbone.signaling.Http.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.wishbone.control.CloseReason;
import io.wishbone.control.InProcessCarrier;
import io.wishbone.control.NodeHeartbeat;
import io.wishbone.control.NodeId;
import io.wishbone.control.SessionEnded;
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionOutgrown;
import io.wishbone.control.SessionRole;
import io.wishbone.control.StreamName;
import io.wishbone.control.StreamStatus;
import io.wishbone.control.VideoLayer;
import io.wishbone.signaling.events.OpenFeeds;
import io.wishbone.store.EventStreamStore;
import io.wishbone.store.NodeRecord;
import io.wishbone.store.NodeStore;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The extension `urn:ietf:params:whep:ext:core:server-sent-events`.
@QuarkusTest
class EventStreamsTest extends OverHttp {

  private static final StreamName STUDIO = new StreamName("studio");

  /// After which the server closes a silent connection, with some leave for a slow machine.
  private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(9);

  private static final VideoLayer HIGH = new VideoLayer("h", 1_200_000, 1280, 720);
  private static final VideoLayer PAUSED = new VideoLayer("l", 0, 320, 180);

  @Inject InProcessCarrier carrier;
  @Inject OpenFeeds feeds;
  @Inject NodeStore nodes;

  private String session;

  @BeforeEach
  void start() {
    node.answerWith(ScriptedNode.AUDIO_AND_VIDEO);
    report(false, 0);
    http.publish("studio");
    session = location(http.play("studio"));
  }

  @AfterEach
  void nobodyIsLeft() {
    http.send("DELETE", session);
    carrier.publish(ended(CloseReason.CLIENT_DELETED));
    await().until(() -> feeds.size() == 0);
  }

  /// As a node does.
  private void report(boolean live, int viewers, VideoLayer... layers) {
    carrier.publish(new StreamStatus(ScriptedNode.ID, STUDIO, live, viewers, List.of(layers)));
  }

  private SessionEnded ended(CloseReason reason) {
    return new SessionEnded(id(), STUDIO, SessionRole.SUBSCRIBER, reason, "");
  }

  private SessionId id() {
    return new SessionId(session.substring(session.lastIndexOf('/') + 1));
  }

  private HttpResponse<String> ask(String json) {
    return http.send(
        "POST", session + "/events", Http.bytes(json), "Content-Type", "application/json");
  }

  private static void awaitEvents(EventLines events, String... expected) {
    await().untilAsserted(() -> assertThat(events.events()).containsExactly(expected));
  }

  private void beats(String node, boolean draining) {
    carrier.publish(new NodeHeartbeat(new NodeId(node), "", "", 0, 0, 0, draining));
  }

  private boolean drains(String node) {
    NodeRecord record = nodes.find(new NodeId(node));
    return record == null || record.draining();
  }

  @Test
  void sendPlayersAwayFromANodeThatDrainsOnceThereIsAnother() {
    report(true, 1);
    try (var events = new EventLines(location(ask("[\"active\",\"inactive\",\"reconnect\"]")))) {
      awaitEvents(events, "active {}");
      beats(ScriptedNode.ID.value(), true);
      beats("another", true);
      report(false, 0);
      awaitEvents(events, "active {}", "inactive {}");

      beats("another", false);
      beats(ScriptedNode.ID.value(), true);
      beats(ScriptedNode.ID.value(), true);
      awaitEvents(events, "active {}", "inactive {}", "reconnect {}");
    } finally {
      // No session is to come to the other one, for it is not there.
      beats("another", true);
      beats(ScriptedNode.ID.value(), false);
      await().until(() -> drains("another") && !drains(ScriptedNode.ID.value()));
    }
  }

  @Test
  @DisplayName("P23: the 201 links to the extension, in a header line of its own")
  void areAdvertised() {
    assertThat(http.play("studio").headers().allValues("Link"))
        .anySatisfy(link ->
            assertThat(link)
                .matches(
                    "<http://[^>]+/whep/resource/[^/]+/events>;"
                        + " rel=\"urn:ietf:params:whep:ext:core:server-sent-events\";"
                        + " events=\"active,inactive,layers,reconnect,viewercount\""));
    assertThat(http.publish("other").headers().allValues("Link"))
        .noneMatch(link -> link.contains("whep"));
  }

  @Test
  void areMadeByPostAndEndedByDelete() {
    var made = ask("[\"active\",\"layers\"]");
    String stream = location(made);
    assertThat(stream).startsWith(session + "/events/");
    assertThat(made.body()).isEmpty();
    var head = http.send("HEAD", stream);
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(header(head, "Content-Type")).startsWith("text/event-stream");

    assertThat(http.send("DELETE", stream).statusCode()).isEqualTo(200);
    problem(http.send("GET", stream), 404);
    assertThat(http.send("HEAD", stream).statusCode()).isEqualTo(404);
    problem(http.send("DELETE", stream), 404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\"active\",\"scte35\"]",
        "[\"ACTIVE\"]",
        "[1]",
        "[null]",
        "[[\"active\"]]",
        "[]",
        "{}",
        "\"active\"",
        "active",
        "[\"active\"",
        "null"
      })
  @DisplayName("an event that does not exist is a 400, and no event stream is made")
  void areNotMadeForUnknownEvents(String json) {
    problem(ask(json), 400);
  }

  @Test
  void tellWhichEventIsUnknown() {
    assertThat(problem(ask("[\"active\",\"scte35\"]"), 400))
        .isEqualTo(
            "there is no event \"scte35\"; there are active,inactive,layers,reconnect,viewercount");
  }

  @Test
  void areForJsonOnly() {
    var response =
        http.send(
            "POST", session + "/events", Http.bytes("[\"active\"]"), "Content-Type", "text/plain");
    problem(response, 415);
    assertThat(header(response, "Accept-Post")).isEqualTo("application/json");
  }

  @Test
  void areForAllEventsWithoutABody() {
    String stream = location(http.send("POST", session + "/events"));
    try (var events = new EventLines(stream)) {
      report(true, 2, HIGH);
      awaitEvents(
          events,
          "active {}",
          "layers {\"1\":[{\"rid\":\"h\",\"encodingId\":\"h\",\"bitrate\":1200000,"
              + "\"width\":1280,\"height\":720}]}",
          "viewercount {\"viewercount\":2}");
    }
  }

  @Test
  void saveAPageFromAskingForPermission() {
    String stream = location(ask("[\"active\"]"));
    try (var events = new EventLines(stream, "Origin", "https://player.example.org")) {
      assertThat(events.response().statusCode()).isEqualTo(200);
      assertThat(header(events.response(), "Content-Type")).startsWith("text/event-stream");
      assertThat(header(events.response(), "Access-Control-Allow-Origin")).isEqualTo("*");
      assertThat(header(events.response(), "Cache-Control")).contains("no-store");
      await().untilAsserted(() -> assertThat(events.lines()).contains(":open"));
    }
    var preflight =
        http.send(
            "OPTIONS",
            session + "/events",
            "Origin",
            "https://player.example.org",
            "Access-Control-Request-Method",
            "POST");
    assertThat(preflight.statusCode()).isEqualTo(200);
    assertThat(header(preflight, "Accept-Post")).isEqualTo("application/json");
  }

  @Test
  @DisplayName("there is no initial event inactive; later ones come in order")
  void sayWhenThePublisherComesAndGoes() {
    try (var events = new EventLines(location(ask("[\"active\",\"inactive\"]")))) {
      await().untilAsserted(() -> assertThat(events.lines()).contains(":open"));
      report(true, 1);
      awaitEvents(events, "active {}");
      report(true, 2, HIGH);
      report(false, 2);
      awaitEvents(events, "active {}", "inactive {}");
      report(true, 2);
      awaitEvents(events, "active {}", "inactive {}", "active {}");
      assertThat(events.values("id")).containsExactly("active", "inactive", "active");
    }
  }

  @Test
  void sayWhichQualitiesThereAre() {
    try (var events = new EventLines(location(ask("[\"layers\"]")))) {
      report(true, 1, HIGH, PAUSED, new VideoLayer("x", 5, 0, 0));
      report(true, 7, HIGH, PAUSED, new VideoLayer("x", 5, 0, 0));
      awaitEvents(
          events,
          "layers {\"1\":[{\"rid\":\"h\",\"encodingId\":\"h\",\"bitrate\":1200000,"
              + "\"width\":1280,\"height\":720},"
              + "{\"rid\":\"l\",\"encodingId\":\"l\",\"width\":320,\"height\":180},"
              + "{\"rid\":\"x\",\"encodingId\":\"x\",\"bitrate\":5}]}");
    }
  }

  @Test
  void nameTheOnlyLayerOfTheOnlyEncoding() {
    try (var events = new EventLines(location(ask("[\"layers\"]")))) {
      report(true, 1, new VideoLayer(null, 900, 640, 480));
      awaitEvents(
          events,
          "layers {\"1\":[{\"spatialLayerId\":0,\"bitrate\":900,\"width\":640,\"height\":480}]}");
    }
  }

  @Test
  @DisplayName("viewercount comes at most once a second, and in the end it is right")
  void countViewersNotTooOften() {
    try (var events = new EventLines(location(ask("[\"viewercount\"]")))) {
      report(true, 1);
      awaitEvents(events, "viewercount {\"viewercount\":1}");
      for (int viewers = 2; viewers <= 50; viewers++) {
        report(true, viewers);
      }
      await()
          .atMost(Duration.ofSeconds(15))
          .untilAsserted(() -> {
            assertThat(events.events()).last().isEqualTo("viewercount {\"viewercount\":50}");
            assertThat(events.events()).hasSizeLessThan(5);
          });
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = CloseReason.class,
      names = {"CODECS_CHANGED", "NODE_STOPPING", "NODE_LOST", "INTERNAL"})
  void adviseAnotherSessionWhenTheServerEndsThisOne(CloseReason reason) {
    String stream = location(ask("[\"reconnect\"]"));
    try (var events = new EventLines(stream)) {
      await().untilAsserted(() -> assertThat(events.lines()).contains(":open"));
      carrier.publish(ended(reason));
      awaitEvents(events, "reconnect {}");
      await().until(events::isOver);
      problem(http.send("GET", stream), 404);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = CloseReason.class,
      names = {"CLIENT_DELETED", "PUBLISHER_GONE", "OPERATOR"})
  void endWithTheirSession(CloseReason reason) {
    String stream = location(ask("[\"reconnect\",\"inactive\"]"));
    try (var events = new EventLines(stream)) {
      await().untilAsserted(() -> assertThat(events.lines()).contains(":open"));
      carrier.publish(ended(reason));
      await().until(events::isOver);
      assertThat(events.events()).isEmpty();
      problem(http.send("GET", stream), 404);
      problem(ask("[\"active\"]"), 404);
    }
  }

  @Test
  void adviseAnotherSessionThatWouldGetMoreAndGoOnMeanwhile() {
    String stream = location(ask("[\"reconnect\",\"viewercount\"]"));
    try (var events = new EventLines(stream)) {
      await().untilAsserted(() -> assertThat(events.lines()).contains(":open"));
      carrier.publish(new SessionOutgrown(id(), STUDIO));
      awaitEvents(events, "reconnect {}");
      report(true, 3);
      awaitEvents(events, "reconnect {}", "viewercount {\"viewercount\":3}");
      assertThat(events.isOver()).isFalse();
    }
  }

  @Test
  void adviseAnotherSessionWhenTheStreamOfAnotherNodeDoesNotComeHere() {
    try (var events = new EventLines(location(ask("[\"reconnect\"]")))) {
      report(true, 1);
      report(false, 1);
      carrier.publish(new StreamStatus(new NodeId("node-2"), STUDIO, true, 0, List.of()));
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(events.events()).containsExactly("reconnect {}"));
      carrier.publish(new StreamStatus(new NodeId("node-2"), STUDIO, false, 0, List.of()));
    }
  }

  @Test
  @DisplayName("Last-Event-ID: a player that comes back hears what has become of the publisher")
  void goOnWhereThePlayerLostThem() {
    String stream = location(ask("[\"active\",\"inactive\",\"viewercount\"]"));
    report(true, 1);
    try (var events = new EventLines(stream)) {
      awaitEvents(events, "active {}", "viewercount {\"viewercount\":1}");
    }
    try (var events = new EventLines(stream, "Last-Event-ID", "active")) {
      awaitEvents(events, "viewercount {\"viewercount\":1}");
    }
    report(false, 1);
    try (var events = new EventLines(stream, "Last-Event-ID", "active")) {
      awaitEvents(events, "inactive {}", "viewercount {\"viewercount\":1}");
    }
  }

  @Test
  void haveOneReaderTheLatest() {
    String stream = location(ask("[\"active\"]"));
    try (var first = new EventLines(stream);
        var second = new EventLines(stream)) {
      await().until(first::isOver);
      report(true, 1);
      awaitEvents(second, "active {}");
      assertThat(second.isOver()).isFalse();
    }
  }

  private static void awaitComments(EventLines events, int count) {
    await()
        .pollInterval(Duration.ofMillis(10))
        .atMost(Duration.ofSeconds(30))
        .until(() -> events.lines().stream().filter(":"::equals).count() >= count);
  }

  @Test
  void stayOpenWhenNothingHappens() {
    try (var events = new EventLines(location(ask("[\"active\"]")))) {
      awaitComments(events, 1);
      long first = System.nanoTime();
      awaitComments(events, 2);
      assertThat(Duration.ofNanos(System.nanoTime() - first)).isLessThan(IDLE_TIMEOUT.dividedBy(2));
      report(true, 1);
      awaitEvents(events, "active {}");
    }
  }

  @Test
  void areLimitedInNumber() {
    List<EventLines> readers = new ArrayList<>();
    for (int i = 0; i < EventStreamStore.MAX_STREAMS; i++) {
      readers.add(new EventLines(location(ask("[\"active\"]"))));
    }
    assertThat(problem(ask("[\"active\"]"), 409)).contains("4 event streams");
    readers.forEach(EventLines::close);
  }

  @Test
  @DisplayName("a page that makes another event stream whenever it lost its connection goes on")
  void makeRoomWhenNobodyReadsThem() {
    String first = location(ask("[\"active\"]"));
    try (var reader = new EventLines(first)) {
      String second = location(ask("[\"active\"]"));
      for (int i = 0; i < 10; i++) {
        location(ask("[\"active\"]"));
      }
      problem(http.send("GET", second), 404);
      assertThat(http.send("HEAD", first).statusCode()).isEqualTo(200);
      report(true, 1);
      awaitEvents(reader, "active {}");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "PATCH", "GET"})
  void refuseOtherMethods(String method) {
    var response = http.send(method, session + "/events");
    problem(response, 405);
    assertThat(header(response, "Allow")).isEqualTo("POST, OPTIONS");
    String stream = location(ask("[\"active\"]"));
    var ofStream = http.send("POST", stream);
    problem(ofStream, 405);
    assertThat(header(ofStream, "Allow")).isEqualTo("GET, HEAD, DELETE, OPTIONS");
  }

  @Test
  void belongToSessionsOfPlayersOnly() {
    String publisher = location(http.publish("other")).replace("/whip/", "/whep/");
    problem(http.send("POST", publisher + "/events"), 404);
    problem(http.send("POST", "/whep/resource/abcdefghijklmnopqrstuv/events"), 404);
    problem(http.send("POST", "/whep/resource/x/events"), 404);
  }
}
