package io.wishbone.signaling;

import static io.wishbone.signaling.Http.header;
import static io.wishbone.signaling.Http.location;
import static io.wishbone.signaling.Http.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.wishbone.control.Refusal;
import io.wishbone.control.SelectLayer;
import io.wishbone.control.SessionId;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The extension `urn:ietf:params:whep:ext:core:layer`. The picture is m-line 1.
@QuarkusTest
class LayerSelectionTest extends OverHttp {

  private String session;

  @BeforeEach
  void start() {
    node.answerWith(ScriptedNode.AUDIO_AND_VIDEO);
    http.publish("studio");
    session = location(http.play("studio"));
  }

  private HttpResponse<String> choose(String json) {
    return http.send(
        "POST", session + "/layer", Http.bytes(json), "Content-Type", "application/json");
  }

  private SelectLayer chosen(String json) {
    var response = choose(json);
    assertThat(response.statusCode()).describedAs(response.body()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
    SelectLayer command = node.received(SelectLayer.class).getLast();
    assertThat(session).endsWith(command.sessionId().value());
    return command;
  }

  private SelectLayer wish(String rid, Integer maxWidth, Integer maxHeight) {
    SessionId id = new SessionId(session.substring(session.lastIndexOf('/') + 1));
    return new SelectLayer(id, rid, maxWidth, maxHeight);
  }

  @Test
  @DisplayName("P23: the 201 links to the extension, and to the one for events that it needs")
  void isAdvertised() {
    assertThat(http.play("studio").headers().allValues("Link"))
        .anySatisfy(link ->
            assertThat(link)
                .matches(
                    "<http://[^>]+/whep/resource/[^/]+/layer>;"
                        + " rel=\"urn:ietf:params:whep:ext:core:layer\""))
        .anySatisfy(link -> assertThat(link).contains("server-sent-events", "layers"));
  }

  @Test
  void takesAnEncodingByItsNameOldOrNew() {
    assertThat(chosen("{\"mediaId\":\"1\",\"rid\":\"h\"}")).isEqualTo(wish("h", null, null));
    assertThat(chosen("{\"mediaId\":\"1\",\"encodingId\":\"m\"}")).isEqualTo(wish("m", null, null));
    assertThat(chosen("{\"mediaId\":1,\"rid\":\"h\",\"encodingId\":\"h\"}"))
        .isEqualTo(wish("h", null, null));
    assertThat(chosen("{\"rid\":\"h\",\"bitrate\":5}")).isEqualTo(wish("h", null, null));
  }

  @Test
  void takesLayersWithinAnEncoding() {
    assertThat(chosen("{\"spatialLayerId\":1}")).isEqualTo(layers(1, null, null, null));
    assertThat(chosen("{\"temporalLayerId\":0}")).isEqualTo(layers(null, 0, null, null));
    assertThat(chosen("{\"spatialLayerId\":2,\"temporalLayerId\":1}"))
        .isEqualTo(layers(2, 1, null, null));
    assertThat(chosen("{\"maxSpatialLayerId\":1,\"maxTemporalLayerId\":0}"))
        .isEqualTo(layers(null, null, 1, 0));
  }

  private SelectLayer layers(
      Integer spatial, Integer temporal, Integer maxSpatial, Integer maxTemporal) {
    SessionId id = new SessionId(session.substring(session.lastIndexOf('/') + 1));
    return new SelectLayer(id, null, null, null, spatial, temporal, maxSpatial, maxTemporal);
  }

  @Test
  void takesLimits() {
    assertThat(chosen("{\"maxWidth\":640,\"maxHeight\":360}")).isEqualTo(wish(null, 640, 360));
    assertThat(chosen("{\"maxHeight\":360,\"maxWidth\":null}")).isEqualTo(wish(null, null, 360));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"mediaId\":\"1\"}"})
  @DisplayName("an object without wishes leaves the choice to the server again")
  void isTakenBack(String json) {
    assertThat(chosen(json)).isEqualTo(wish(null, null, null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"mediaId":"0","rid":"h"}            | mediaId
          {"mediaId":"2","rid":"h"}            | mediaId
          {"rid":"h","encodingId":"l"}         | encodingId
          """)
  @DisplayName("what there is not is a 422 that names the member")
  void refusesWhatThereIsNot(String json, String name) {
    assertThat(problem(choose(json), 422)).contains(name);
    assertThat(node.received(SelectLayer.class)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "\"h\"",
        "{rid:\"h\"}",
        "{\"rid\":7}",
        "{\"rid\":\"\"}",
        "{\"mediaId\":\"x\"}",
        "{\"mediaId\":\"-1\"}",
        "{\"mediaId\":\"99\"}",
        "{\"mediaId\":1.5}",
        "{\"maxWidth\":0}",
        "{\"maxWidth\":-5}",
        "{\"maxWidth\":\"640\"}",
        "{\"maxHeight\":1.5}",
        "{\"maxHeight\":99999999999}",
        "{\"spatialLayerId\":\"0\"}",
        "{\"temporalLayerId\":-1}",
        "{\"maxSpatialLayerId\":1.5}",
        "{\"maxTemporalLayerId\":true}"
      })
  void refusesWhatIsNoChoice(String json) {
    problem(choose(json), 400);
    assertThat(node.received(SelectLayer.class)).isEmpty();
  }

  @Test
  void passesOnWhatTheNodeRefuses() {
    node.refuseWith(Refusal.LAYER_UNKNOWN);
    assertThat(problem(choose("{\"rid\":\"xl\"}"), 422)).contains("LAYER_UNKNOWN");
    node.refuseWith(Refusal.STREAM_ABSENT);
    problem(choose("{\"rid\":\"h\"}"), 409);
  }

  @Test
  void isForSessionsWithAPicture() {
    node.answerWith(ScriptedNode.ANSWER);
    session = location(http.play("studio"));
    assertThat(problem(choose("{\"rid\":\"h\"}"), 422)).contains("no picture");
  }

  @Test
  void isForJsonAndOpenSessionsOnly() {
    var response =
        http.send("POST", session + "/layer", Http.bytes("{}"), "Content-Type", "application/sjon");
    problem(response, 415);
    assertThat(header(response, "Accept-Post")).isEqualTo("application/json");

    var get = http.send("GET", session + "/layer");
    problem(get, 405);
    assertThat(header(get, "Allow")).isEqualTo("POST, OPTIONS");
    assertThat(header(http.send("OPTIONS", session + "/layer"), "Allow"))
        .isEqualTo("POST, OPTIONS");

    http.send("DELETE", session);
    problem(choose("{}"), 404);
    session = "/whep/resource/abcdefghijklmnopqrstuv";
    problem(choose("{}"), 404);
  }
}
