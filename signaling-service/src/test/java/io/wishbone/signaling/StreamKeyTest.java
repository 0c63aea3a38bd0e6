package io.wishbone.signaling;

import static io.wishbone.signaling.Http.header;
import static io.wishbone.signaling.Http.location;
import static io.wishbone.signaling.Http.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.jwt.build.Jwt;
import io.wishbone.control.OpenSession;
import io.wishbone.control.SessionId;
import io.wishbone.control.StreamName;
import io.wishbone.signaling.auth.KeyFileLine;
import io.wishbone.signaling.auth.StreamKey;
import io.wishbone.store.SessionRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A server that takes stream keys and tokens.
@QuarkusTest
@TestProfile(StreamKeyTest.WithKeys.class)
class StreamKeyTest extends OverHttp {

  private static final String CAMERA = "camera.0123456789abcdefghijklmnopqrstuv";
  private static final String WALL = "wall.0123456789abcdefghijklmnopqrstuv";

  /// A server with a file of keys.
  public static final class WithKeys implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      try {
        Path file = Files.createTempFile("stream", ".keys");
        file.toFile().deleteOnExit();
        Files.write(
            file,
            List.of(
                new KeyFileLine(StreamKey.of(CAMERA), true, false, false, List.of("studio")).text(),
                new KeyFileLine(StreamKey.of(WALL), false, true, false, List.of("*")).text()));
        return Map.of(
            "wishbone.auth",
            "keys,jwt",
            "wishbone.keys.file",
            file.toString(),
            "wishbone.jwt.algorithm",
            "hs256",
            "wishbone.jwt.secret",
            SharedSecret.TEXT);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Test
  @DisplayName("without credentials it is a 401 that names both schemes")
  void namesBothSchemes() {
    var response = http.publish("studio");
    problem(response, 401);
    assertThat(header(response, "WWW-Authenticate"))
        .isEqualTo("Bearer realm=\"wishbone\", Basic realm=\"wishbone\", charset=\"UTF-8\"");
  }

  @Test
  void opensWithAKeyAsBearerToken() {
    assertThat(publish("/studio", "Bearer " + CAMERA).statusCode()).isEqualTo(201);
    assertThat(sessions.all()).extracting(SessionRecord::key).containsExactly("camera");
    assertThat(sessions.all()).extracting(SessionRecord::subject).containsOnlyNulls();
  }

  @Test
  void theKeyNamesTheStreamWhenThePathDoesNot() {
    assertThat(publish("", "Bearer " + CAMERA).statusCode()).isEqualTo(201);
    assertThat(streams.find(new StreamName("studio"))).isNotNull();
  }

  @Test
  @DisplayName("HTTP Basic: the user is the id, the password the key or what stands behind its dot")
  void opensWithHttpBasic() {
    assertThat(publish("/studio", basic("camera", CAMERA)).statusCode()).isEqualTo(201);
    assertThat(publish("/studio", basic("camera", CAMERA.substring(7))).statusCode())
        .isEqualTo(201);
    assertThat(publish("/studio", basic("camera", CAMERA).replace("Basic", "basic")).statusCode())
        .isEqualTo(201);
  }

  @Test
  void stillTakesTokens() {
    String token =
        Jwt.claims()
            .subject("alice")
            .claim("publish", "studio")
            .expiresIn(600)
            .jws()
            .sign(SharedSecret.KEY);
    assertThat(publish("/studio", "Bearer " + token).statusCode()).isEqualTo(201);
    problem(publish("/studio", basic("alice", token)), 401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer camera",
        "Bearer camera.",
        "Bearer camera.0123456789abcdefghijklmnopqrstuV",
        "Bearer 0123456789abcdefghijklmnopqrstuv",
        "Bearer nobody.0123456789abcdefghijklmnopqrstuv",
        "Bearer a.b.c",
        "Bearer ",
        "Basic",
        "Basic ???",
        "Basic Y2FtZXJh",
        "Digest username=camera"
      })
  void refusesWhatIsNoKey(String authorization) {
    var response = publish("/studio", authorization);
    problem(response, 401);
    assertThat(header(response, "WWW-Authenticate"))
        .contains("error=\"invalid_token\"", "Basic realm=\"wishbone\"");
    assertThat(node.received(OpenSession.class)).isEmpty();
  }

  @Test
  void refusesWrongPairs() {
    problem(publish("/studio", basic("wall", CAMERA)), 401);
    problem(publish("/studio", basic("camera", "")), 401);
    problem(publish("/studio", basic("", CAMERA)), 401);
    problem(publish("/studio", basic("camera", CAMERA + "x")), 401);
  }

  @Test
  void refusesWhatTheKeyIsNotFor() {
    problem(publish("/others", "Bearer " + CAMERA), 403);
    problem(publish("/studio", "Bearer " + WALL), 403);
    publish("/studio", "Bearer " + CAMERA);
    problem(play("Bearer " + CAMERA), 403);
    assertThat(play("Bearer " + WALL).statusCode()).isEqualTo(201);
  }

  @Test
  @DisplayName("an encoder that reconnects with its key takes its own stream over at once")
  void letsTheSameKeyTakeOver() {
    String first = location(publish("/studio", "Bearer " + CAMERA));
    location(publish("/studio", "Bearer " + CAMERA));
    assertThat(node.received(OpenSession.class))
        .extracting(OpenSession::replaces)
        .containsExactly(null, new SessionId(first.substring(first.lastIndexOf('/') + 1)));
  }

  @Test
  void sessionUrlsTakeTheKeyToo() {
    String session = location(publish("/studio", "Bearer " + CAMERA));
    problem(http.send("DELETE", session, "Authorization", "Bearer " + CAMERA + "x"), 401);
    problem(http.send("DELETE", session, "Authorization", "Bearer " + WALL), 403);
    assertThat(http.send("DELETE", session, "Authorization", basic("camera", CAMERA)).statusCode())
        .isEqualTo(200);
  }

  private HttpResponse<String> publish(String path, String authorization) {
    return post("/whip/endpoint" + path, "sendonly", authorization);
  }

  private HttpResponse<String> play(String authorization) {
    return post("/whep/endpoint/studio", "recvonly", authorization);
  }

  private HttpResponse<String> post(String path, String direction, String authorization) {
    return http.post(path, RealOffers.minimal(direction), authorization);
  }

  private static String basic(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }
}
