package io.wishbone.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wishbone.client.ClientParts;
import io.wishbone.client.demo.DemoPublisher;
import io.wishbone.client.http.SignalingClient;
import io.wishbone.it.Offers;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The two extensions of WHEP: server-sent events and the choice of layers. The picture is m-line
/// 1.
@ParameterizedClass
@EnumSource(HttpProtocol.class)
class ExtensionsIT {
  @RegisterExtension static final SharedServer server = SharedServer.open();

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String JSON = "application/json";

  private final Http http;
  private final ClientParts parts =
      ClientParts.start("wishbone-extensions", new SignalingClient(null));

  ExtensionsIT(HttpProtocol protocol) {
    http = server.http(protocol);
  }

  @AfterEach
  void closeParts() {
    parts.close();
  }

  private Response post(String url, String json) {
    return http.send("POST", url, json, "Content-Type", JSON);
  }

  /// The URL of an event stream for these events, as JSON.
  private String make(Session session, String events) {
    Response made = post(events(session), events).assertNothing(201).assertReadable();
    assertThat(made.header("Location")).startsWith(events(session) + "/");
    return made.header("Location");
  }

  private EventLines read(Session session, String events) {
    return new EventLines(http, make(session, events));
  }

  private static String events(Session session) {
    return session.url() + "/events";
  }

  private Response choose(Session session, String json) {
    return post(session.url() + "/layer", json);
  }

  private void assertChosen(Session session, String json) {
    choose(session, json).assertNothing(200).assertReadable();
  }

  private Session view(Session published, SoundPeer peer) throws Exception {
    Session played = http.open(Http.whep(published.stream()), peer.offer());
    peer.accept(played.answer());
    await().atMost(PATIENCE).until(peer::isConnected);
    return played;
  }

  /// Sound that flows.
  private Session publishSound() throws Exception {
    SoundPeer peer = SoundPeer.publisher(parts);
    Session published = http.open(Http.whip(Http.stream()), peer.offer());
    peer.accept(published.answer());
    return published;
  }

  @Test
  void x1_x13_the201LinksToEventStreamsAndToTheChoiceOfLayers() {
    Session session = http.play(Sdp.PLAYER);

    assertThat(session.opened().headers("Link"))
        .contains(
            "<%s>; rel=\"urn:ietf:params:whep:ext:core:server-sent-events\";"
                    .formatted(events(session))
                + " events=\"active,inactive,layers,reconnect,viewercount\"",
            "<%s/layer>; rel=\"urn:ietf:params:whep:ext:core:layer\"".formatted(session.url()));
  }

  @Test
  void x2_postMakesAnEventStream() {
    Session session = http.play(Sdp.PLAYER);

    String url = make(session, "[\"active\",\"layers\"]");
    Response head = http.send("HEAD", url, "").assertNothing(200);
    assertThat(head.header("Content-Type")).startsWith("text/event-stream");
    Response refused =
        http.send("POST", events(session), "[\"active\"]", "Content-Type", "text/plain");
    assertThat(refused.assertProblem(415).header("Accept-Post")).isEqualTo(JSON);
  }

  @Test
  void x2_x4_withoutABodyItIsForAllEvents() throws Exception {
    Session played = view(publishSound(), SoundPeer.viewer(parts));

    String forAll = http.send("POST", events(played), "").assertNothing(201).header("Location");
    try (EventLines all = new EventLines(http, forAll);
        EventLines some = read(played, "[\"active\"]")) {
      all.awaitLast("{\"viewercount\":1}");
      assertThat(all.types()).contains("active", "viewercount");
      some.awaitTypes("active");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"scte35", "ACTIVE", "nonsense"})
  void x3_anUnknownEventIsA400ThatNamesItAndMakesNoEventStream(String event) {
    Session session = http.play(Sdp.PLAYER);
    String first = make(session, "[\"active\"]");

    // Four that nobody reads would have taken the room of the first.
    for (int i = 0; i < 5; i++) {
      Response refused = post(events(session), "[\"active\",\"%s\"]".formatted(event));
      assertThat(refused.assertProblem(400).body()).contains(event);
      assertThat(refused.has("Location")).isFalse();
    }

    http.send("HEAD", first, "").assertNothing(200);
  }

  @Test
  void x4_x5_x11_eventsHaveATypeAndALineOfJsonAndCountConnectedViewers() throws Exception {
    Session published = publishSound();
    Session first = view(published, SoundPeer.viewer(parts));

    try (EventLines events = read(first, "[\"viewercount\"]")) {
      events.awaitLast("{\"viewercount\":1}");
      Session second = view(published, SoundPeer.viewer(parts));
      events.awaitLast("{\"viewercount\":2}");
      http.delete(second.url()).assertNothing(200);
      events.awaitLast("{\"viewercount\":1}");

      assertThat(events.types()).containsOnly("viewercount").hasSameSizeAs(events.data());
      assertThat(events.lines()).allMatch(line -> line.matches("|:.*|(event|data|id|retry):.*"));
    }
  }

  @Test
  void x6_deleteEndsAnEventStream() {
    Session session = http.play(Sdp.PLAYER);
    String url = make(session, "[\"active\"]");

    try (EventLines events = new EventLines(http, url)) {
      http.delete(url).assertNothing(200).assertReadable();
      events.awaitEnd();
    }
    http.get(url).assertProblem(404);
    http.delete(url).assertProblem(404);
    assertThat(http.send("HEAD", url, "").status()).isEqualTo(404);
    make(session, "[\"active\"]");
  }

  @Test
  void x7_theEventStreamsOfASessionEndWithIt() {
    Session session = http.play(Sdp.PLAYER);
    String unread = make(session, "[\"layers\"]");
    String url = make(session, "[\"active\"]");

    try (EventLines events = new EventLines(http, url)) {
      http.delete(session.url()).assertNothing(200);
      events.awaitEnd();
    }
    http.get(url).assertProblem(404);
    http.get(unread).assertProblem(404);
    post(events(session), "[\"active\"]").assertProblem(404);
    choose(session, "{}").assertProblem(404);
  }

  @Test
  void x8_activeAndInactiveSayWhenThePublisherComesAndGoes() throws Exception {
    SoundPeer peer = SoundPeer.publisher(parts);
    Session published = http.open(Http.whip(Http.stream()), peer.offer());
    Session played = http.open(Http.whep(published.stream()), Sdp.PLAYER);

    try (EventLines events = read(played, "[\"inactive\",\"active\"]")) {
      assertThat(events.types()).isEmpty();
      peer.accept(published.answer());
      events.awaitTypes("active");
      http.delete(published.url()).assertNothing(200);
      events.awaitTypes("active", "inactive");
      SoundPeer next = SoundPeer.publisher(parts);
      next.accept(http.open(published.endpoint(), next.offer()).answer());
      events.awaitTypes("active", "inactive", "active");
      assertThat(events.data()).containsOnly("{}");
    }
  }

  @Test
  void x10_reconnectSaysThatTheStreamHasNothingForThePlayerAnyMore() throws Exception {
    Session published = publishSound();
    Session played = view(published, SoundPeer.viewer(parts));

    try (EventLines events = read(played, "[\"reconnect\"]")) {
      http.delete(published.url()).assertNothing(200);
      String video = Offers.read("ffmpeg9-openssl-whip-videoonly-dtlsactive.offer.sdp");
      http.open(published.endpoint(), video);
      events.awaitTypes("reconnect");
      events.awaitEnd();
    }
  }

  /// A picture in one encoding without a name, and sound.
  private static final class Picture implements DemoPublisher.Observer, AutoCloseable {
    private final String stream = Http.stream();
    private final DemoPublisher publisher =
        new DemoPublisher(server.http().base().resolve(Http.whip(stream)), null, this);

    Session view(Http http) {
      publisher.start();
      await()
          .atMost(PATIENCE)
          .until(() -> http.post(Http.whep(stream), Sdp.PLAYER).status() == 201);
      return http.open(Http.whep(stream), Sdp.PLAYER);
    }

    @Override
    public void onPublishing(URI session) {}

    @Override
    public void onInterrupted(String reason) {}

    @Override
    public void close() {
      publisher.close();
    }
  }

  @Test
  void x5_x9_x14_layersAreListedByWhatAChoiceOfThemWouldName() {
    try (Picture picture = new Picture()) {
      Session session = picture.view(http);
      try (EventLines events = read(session, "[\"layers\"]")) {
        events.awaitData(
            "\\{\"1\":\\[\\{\"spatialLayerId\":0,\"bitrate\":[0-9]+,\"width\":[0-9]+,\"height\":[0-9]+\\}\\]\\}");
        assertThat(events.types()).containsOnly("layers");
      }

      assertChosen(session, "{\"spatialLayerId\":0}");
      assertChosen(session, "{\"mediaId\":\"1\",\"spatialLayerId\":0,\"temporalLayerId\":0}");
      // An encoding that has just begun may still get more of them.
      await()
          .atMost(PATIENCE)
          .until(() -> choose(session, "{\"spatialLayerId\":1}").status() == 422);
      choose(session, "{\"spatialLayerId\":1}").assertProblem(422);
      choose(session, "{\"temporalLayerId\":3}").assertProblem(422);
    }
  }

  @Test
  void x14_anEncodingThatThereIsNotIsA422ByEitherName() {
    try (Picture picture = new Picture()) {
      Session session = picture.view(http);
      await().atMost(PATIENCE).until(() -> choose(session, "{\"rid\":\"h\"}").status() != 409);

      choose(session, "{\"rid\":\"h\"}").assertProblem(422);
      choose(session, "{\"encodingId\":\"h\"}").assertProblem(422);
      Response refused = choose(session, "{\"rid\":\"h\",\"encodingId\":\"l\"}");
      assertThat(refused.assertProblem(422).body()).contains("encodingId");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"rid\":\"h\"}",
        "{\"encodingId\":\"h\"}",
        "{\"spatialLayerId\":0}",
        "{\"temporalLayerId\":0}"
      })
  void x14_whatIsNamedIsA409WithoutAPublisherThatIsConnected(String choice) {
    Session session = http.play(Sdp.PLAYER);

    Response refused = choose(session, choice).assertProblem(409);

    assertThat(refused.header("Retry-After")).matches("[1-9][0-9]*");
  }

  @Test
  void x14_aChoiceIsJson() {
    Session session = http.play(Sdp.PLAYER);

    Response refused =
        http.send("POST", session.url() + "/layer", "{}", "Content-Type", "application/sdp");

    assertThat(refused.assertProblem(415).header("Accept-Post")).isEqualTo(JSON);
    http.send("PUT", session.url() + "/layer", "{}").assertProblem(405);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"maxSpatialLayerId\":1}",
        "{\"maxTemporalLayerId\":0}",
        "{\"maxSpatialLayerId\":1,\"maxTemporalLayerId\":0}",
        "{\"maxWidth\":640}",
        "{\"maxHeight\":360}",
        "{\"mediaId\":\"1\",\"maxWidth\":640,\"maxHeight\":360}"
      })
  void x14_limitsAreTakenAtAnyTime(String choice) {
    assertChosen(http.play(Sdp.PLAYER), choice);
  }

  @Test
  void x19_mediaIdIsTheLineOfThePicture() {
    Session session = http.play(Sdp.PLAYER);

    assertChosen(session, "{}");
    assertChosen(session, "{\"mediaId\":\"1\"}");
    assertChosen(session, "{\"mediaId\":1}");
    for (String other : List.of("0", "2")) {
      Response refused = choose(session, "{\"mediaId\":\"%s\"}".formatted(other));
      assertThat(refused.assertProblem(422).body()).contains("mediaId");
    }
    String listener = Sdp.SOUND.replace("a=sendonly", "a=recvonly");
    choose(http.play(listener), "{}").assertProblem(422);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "\"active\"", "{}", "[]", "[1]", "[null]", "[\"active\"", "null"})
  void x21_malformedListsOfEventsAreA400(String json) {
    Session session = http.play(Sdp.PLAYER);
    String first = make(session, "[\"active\"]");

    for (int i = 0; i < 5; i++) {
      post(events(session), json).assertProblem(400);
    }

    http.send("HEAD", first, "").assertNothing(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "{\"rid\":7}",
        "{\"mediaId\":\"x\"}",
        "{\"maxWidth\":0}",
        "{\"spatialLayerId\":-1}",
        "{\"maxTemporalLayerId\":true}"
      })
  void x21_malformedChoicesAreA400(String json) {
    Session session = http.play(Sdp.PLAYER);

    choose(session, json).assertProblem(400);

    assertChosen(session, "{}");
  }
}
