package io.wishbone.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ControlCodecTest {

  private static final SessionId ID = new SessionId("abcdefghijklmnopqrstuv");
  private static final SessionId OTHER = new SessionId("zyxwvutsrqponmlkjihgfe");
  private static final StreamName STREAM = new StreamName("studio-1");
  private static final String SDP = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=\"é\"\r\n";

  private final ControlCodec codec = new ControlCodec();

  static List<Command> commands() {
    return List.of(
        new OpenSession(
            ID,
            STREAM,
            SessionRole.PUBLISHER,
            SDP,
            OTHER,
            Duration.ofMillis(1_500),
            Duration.ofSeconds(30),
            new NodeId("node-2"),
            "203.0.113.9"),
        new PullStream(ID, STREAM, new NodeId("node-2")),
        new OpenRelay(ID, STREAM, new NodeId("node-2"), SDP),
        new AcceptAnswer(ID, SDP),
        new SelectLayer(ID, "h", null, 720, 1, 0, null, 2),
        new AddCandidates(ID, "a=end-of-candidates\r\n"),
        new RestartIce(ID, "a=ice-ufrag:abcd\r\n"),
        new CloseSession(ID, CloseReason.CLIENT_DELETED),
        new ExamineSessions(ID, List.of(OTHER)),
        new Drain(ID, true, Duration.ofSeconds(60)));
  }

  static List<Reply> replies() {
    return List.of(
        new SessionOpened(ID, SDP),
        new CounterOffered(ID, SDP),
        new AnswerAccepted(ID),
        new LayerSelected(ID),
        new CandidatesAdded(ID),
        new IceRestarted(ID, "a=ice-ufrag:efgh\r\n"),
        new SessionClosed(ID),
        new StreamPulled(ID),
        new SessionsExamined(ID, List.of(diagnosis(OTHER, 41.5), diagnosis(ID, null))),
        new DrainChanged(ID, 43),
        new Refused(ID, Refusal.CODEC_MISMATCH, "no codec in common"));
  }

  private static final VideoLayer LAYERED =
      new VideoLayer(
          "h",
          1_200_000,
          1280,
          720,
          List.of(
              new SpatialLayer(640, 360, List.of(90_000L, 200_000L)),
              new SpatialLayer(1280, 720, List.of(500_000L, 1_200_000L))));

  private static SessionDiagnosis diagnosis(SessionId id, Double millis) {
    var figures =
        new SessionFigures(1L << 40, 1L << 50, 1L << 32, 71, 0.0125, 12, 11, 10, millis, millis);
    return new SessionDiagnosis(id, Verdict.FINGERPRINT_MISMATCH, true, false, figures);
  }

  static List<NodeEvent> events() {
    return List.of(
        new SessionConnected(ID, STREAM, SessionRole.SUBSCRIBER),
        new SessionEnded(
            ID, STREAM, SessionRole.PUBLISHER, CloseReason.SILENT, "7 s", Verdict.NO_STUN),
        new SessionOutgrown(ID, STREAM),
        new SessionsAlive(new NodeId("node-1"), List.of(ID, OTHER)),
        new SessionNoted(
            ID,
            STREAM,
            SessionRole.PUBLISHER,
            new NodeId("node-1"),
            "tag",
            "ufrag",
            "password",
            1,
            "alice",
            "camera",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            1_795_000_000_000L),
        new StreamStatus(
            new NodeId("node-1"),
            STREAM,
            true,
            3,
            List.of(LAYERED, new VideoLayer(null, 0, 0, 0)),
            new NodeId("node-2")),
        new NodeHeartbeat(new NodeId("node-1"), "eu", "eu-1", 3, 40, 0, true, 12_000, 0.75));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void commandsSurviveTheRoundTrip(Command command) throws MalformedMessageException {
    assertThat(codec.decodeCommand(codec.encode(command))).isEqualTo(command);
  }

  @ParameterizedTest
  @MethodSource("replies")
  void repliesSurviveTheRoundTrip(Reply reply) throws MalformedMessageException {
    assertThat(codec.decodeReply(codec.encode(reply))).isEqualTo(reply);
  }

  @ParameterizedTest
  @MethodSource("events")
  void eventsSurviveTheRoundTrip(NodeEvent event) throws MalformedMessageException {
    assertThat(codec.decodeEvent(codec.encode(event))).isEqualTo(event);
  }

  /// Nodes hear pods of an earlier version, and the other way round.
  @Test
  void readsADrainThatSaysNothingOfAnEnd() throws Exception {
    String json = new String(codec.encode(new Drain(ID, true)), StandardCharsets.UTF_8);
    assertThat(json).doesNotContain("within");
    assertThat(codec.decodeCommand(json.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(new Drain(ID, true));
  }

  @Test
  void readsAnEncodingThatSaysNothingOfItsLayers() throws Exception {
    NodeEvent status = status(new VideoLayer("h", 1_200_000, 1280, 720, 2, List.of()));
    String json = new String(codec.encode(status), StandardCharsets.UTF_8);
    assertThat(json).doesNotContain("spatialLayers");
    assertThat(codec.decodeEvent(json.getBytes(StandardCharsets.UTF_8))).isEqualTo(status);
  }

  /// What pods of an earlier version look for is where it was.
  @Test
  void saysOfAnEncodingWithLayersWhatWasSaidBefore() {
    String json = new String(codec.encode(status(LAYERED)), StandardCharsets.UTF_8);
    assertThat(json)
        .contains(
            "{\"rid\":\"h\",\"bitrate\":1200000,\"width\":1280,\"height\":720,\"spatialLayer\":1,"
                + "\"spatialLayers\":[{\"width\":640,\"height\":360,\"bitrates\":[90000,200000]},");
  }

  @Test
  void takesNoMoreLayersThanThereAre() throws Exception {
    var tall = new SpatialLayer(1, 1, Collections.nCopies(1_000, 5L));
    var layer = new VideoLayer("h", 5, 1, 1, Collections.nCopies(1_000, tall));
    var read = (StreamStatus) codec.decodeEvent(codec.encode(status(layer)));
    assertThat(read.layers().getFirst().spatialLayers()).hasSize(VideoLayer.MAX_SPATIAL_LAYERS);
    assertThat(read.layers().getFirst().spatialLayers().getFirst().bitrates())
        .hasSize(SpatialLayer.MAX_TEMPORAL_LAYERS);
  }

  private static NodeEvent status(VideoLayer layer) {
    return new StreamStatus(new NodeId("node-1"), STREAM, true, 3, List.of(layer));
  }

  @Test
  void everyMessageTakesPartInTheRoundTrips() {
    assertThat(commands())
        .extracting(Object::getClass)
        .containsExactlyInAnyOrderElementsOf(permitted(Command.class));
    assertThat(replies())
        .extracting(Object::getClass)
        .containsExactlyInAnyOrderElementsOf(permitted(Reply.class));
    assertThat(events())
        .extracting(Object::getClass)
        .containsExactlyInAnyOrderElementsOf(permitted(NodeEvent.class));
  }

  @Property
  void anyTextSurvivesTheRoundTrip(@ForAll String text) throws MalformedMessageException {
    // A lone surrogate is no text: no request body that was decoded as UTF-8 holds one.
    String offer = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    Command command = new OpenSession(ID, STREAM, SessionRole.SUBSCRIBER, offer);
    assertThat(codec.decodeCommand(codec.encode(command))).isEqualTo(command);
  }

  @Test
  void theLargestOfferFits() throws MalformedMessageException {
    Command command = new OpenSession(ID, STREAM, SessionRole.PUBLISHER, "\r\n".repeat(32 * 1024));
    assertThat(codec.decodeCommand(codec.encode(command))).isEqualTo(command);
  }

  @Test
  void writesPlainJson() {
    assertThat(
            new String(
                codec.encode(new CloseSession(ID, CloseReason.OPERATOR)), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"type\":\"CloseSession\",\"sessionId\":\"abcdefghijklmnopqrstuv\",\"reason\":\"OPERATOR\"}");
  }

  @Test
  void leavesOutWhatIsNotThere() throws MalformedMessageException {
    Command command = new OpenSession(ID, STREAM, SessionRole.PUBLISHER, SDP);
    assertThat(new String(codec.encode(command), StandardCharsets.UTF_8))
        .doesNotContain("replaces", "lifetime", "counter");
    assertThat(codec.decodeCommand(codec.encode(command))).isEqualTo(command);
  }

  @Test
  void theLongestListOfSessionsFits() throws MalformedMessageException {
    var ids = Collections.nCopies(SessionsAlive.MAX_SESSIONS, new SessionId("x".repeat(64)));
    NodeEvent event = new SessionsAlive(new NodeId("node-1"), ids);
    assertThat(codec.decodeEvent(codec.encode(event))).isEqualTo(event);
  }

  @Test
  void whatIsSaidOfTheMostSessionsFits() throws MalformedMessageException {
    var all =
        Collections.nCopies(
            ExamineSessions.MAX_SESSIONS, diagnosis(new SessionId("x".repeat(64)), 12.345678));
    Reply reply = new SessionsExamined(ID, all);
    assertThat(codec.encode(reply).length).isLessThan(ControlCodec.MAX_BYTES / 2);
    assertThat(codec.decodeReply(codec.encode(reply))).isEqualTo(reply);
  }

  @Test
  void ignoresPropertiesOfALaterVersion() throws MalformedMessageException {
    String json =
        "{\"type\":\"CandidatesAdded\",\"sessionId\":\"abcdefghijklmnopqrstuv\",\"later\":[1]}";
    assertThat(codec.decodeReply(json.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(new CandidatesAdded(ID));
  }

  /// A newer version lives beside this one during an upgrade.
  @Test
  void endsWhatALaterVersionEndsForAReasonThatItHasNoWordFor() throws MalformedMessageException {
    String command =
        "{\"type\":\"CloseSession\",\"sessionId\":\"abcdefghijklmnopqrstuv\",\"reason\":\"LATER\"}";
    assertThat(codec.decodeCommand(command.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(new CloseSession(ID, CloseReason.INTERNAL));
    String event =
        "{\"type\":\"SessionEnded\",\"sessionId\":\"abcdefghijklmnopqrstuv\",\"stream\":\"s\",\"role\":\"PUBLISHER\",\"reason\":\"LATER\",\"detail\":\"\",\"verdict\":\"LATER\"}";
    assertThat(codec.decodeEvent(event.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(
            new SessionEnded(
                ID, new StreamName("s"), SessionRole.PUBLISHER, CloseReason.INTERNAL, ""));
    String reply =
        "{\"type\":\"Refused\",\"sessionId\":\"abcdefghijklmnopqrstuv\",\"reason\":\"LATER\",\"detail\":\"\"}";
    assertThat(codec.decodeReply(reply.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(new Refused(ID, Refusal.INTERNAL, ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "{}",
        "[]",
        "{\"type\":\"java.lang.Runtime\"}",
        "{\"type\":\"SessionOpened\",\"sessionId\":\"abcdefghijklmnopqrstuv\",\"answer\":\"\"}",
        "{\"type\":\"CloseSession\",\"sessionId\":\"short\",\"reason\":\"OPERATOR\"}",
        "{\"type\":\"CloseSession\",\"sessionId\":\"abcdefghijklmnopqrstuv\"}",
        "{\"type\":\"CloseSession\",\"sessionId\":null,\"reason\":\"OPERATOR\"}",
        "{\"type\":\"OpenSession\",\"sessionId\":\"abcdefghijklmnopqrstuv\",\"stream\":\"s\",\"role\":\"PUBLISHER\"}",
        "{\"type\":\"OpenSession\",\"sessionId\":\"abcdefghijklmnopqrstuv\",\"stream\":\"s\",\"role\":\"PUBLISHER\",\"offer\":\"\",\"lifetime\":\"1h\"}",
        "{\"type\":\"OpenSession\",\"sessionId\":\"abcdefghijklmnopqrstuv\",\"stream\":\"s\",\"role\":\"PUBLISHER\",\"offer\":\"\",\"lifetime\":\"PT0S\"}",
        "{\"type\":\"OpenSession\",\"sessionId\":\"abcdefghijklmnopqrstuv\",\"stream\":\"s\",\"role\":\"MODERATOR\",\"offer\":\"\"}",
        "{\"type\":\"CloseSession\",\"sessionId\":\"abcdefghijklmnopqrstuv\",\"reason\":\"OPERATOR\"} x"
      })
  void refusesWhatIsNoCommand(String json) {
    assertThatThrownBy(() -> codec.decodeCommand(json.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(MalformedMessageException.class);
  }

  /// Whoever may write to a topic of Kafka may write records without a value.
  @Test
  void refusesNothing() {
    assertThatThrownBy(() -> codec.decodeCommand(null))
        .isInstanceOf(MalformedMessageException.class);
    assertThatThrownBy(() -> codec.decodeReply(null)).isInstanceOf(MalformedMessageException.class);
    assertThatThrownBy(() -> codec.decodeEvent(null)).isInstanceOf(MalformedMessageException.class);
  }

  @Test
  void refusesTooManyBytes() {
    assertThatThrownBy(() -> codec.decodeCommand(new byte[ControlCodec.MAX_BYTES + 1]))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining("larger");
  }

  private static List<Class<?>> permitted(Class<?> family) {
    return Arrays.asList(family.getPermittedSubclasses());
  }
}
