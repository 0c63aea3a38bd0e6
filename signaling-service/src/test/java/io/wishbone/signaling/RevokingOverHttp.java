package io.wishbone.signaling;

import static io.wishbone.signaling.Http.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.smallrye.jwt.build.Jwt;
import io.wishbone.signaling.auth.KeyFileLine;
import io.wishbone.signaling.auth.StreamKey;
import io.wishbone.store.RevocationRecord;
import io.wishbone.store.RevocationStore;
import io.wishbone.store.SessionRecord;
import io.wishbone.store.SessionState;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;

/// A server with an operator who takes access away, and with sessions to take it from.
abstract class RevokingOverHttp extends OverHttp {

  static final String CAMERA = "Bearer camera.0123456789abcdefghijklmnopqrstuv";
  static final String OPERATOR = "Bearer ops.0123456789abcdefghijklmnopqrstuv";
  static final String REVOCATIONS = "/api/v1/revocations";

  /// A server that takes tokens, and keys of which one is the operator's.
  public static final class WithOperators implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      try {
        Path file = Files.createTempFile("stream", ".keys");
        file.toFile().deleteOnExit();
        StreamKey camera = StreamKey.of(CAMERA.substring(7));
        StreamKey operator = StreamKey.of(OPERATOR.substring(7));
        Files.write(
            file,
            List.of(
                new KeyFileLine(camera, true, true, false, List.of("*")).text(),
                new KeyFileLine(operator, false, false, true, List.of()).text()));
        return Map.of(
            "wishbone.auth",
            "jwt,keys",
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

  @Inject RevocationStore revocations;

  @BeforeEach
  void start() {
    for (RevocationRecord revocation : revocations.all()) {
      revocations.remove(revocation.id());
    }
  }

  List<SessionRecord> open() {
    List<SessionRecord> open = new ArrayList<>(sessions.all());
    open.removeIf(session -> session.state() == SessionState.ENDED);
    return open;
  }

  static void refused(HttpResponse<String> response) {
    assertThat(response.statusCode()).describedAs(response.body()).isEqualTo(403);
    assertThat(header(response, "WWW-Authenticate")).contains("insufficient_scope");
    assertThat(response.body()).contains("revoked");
  }

  HttpResponse<String> revoke(String body) {
    return send("POST", REVOCATIONS, body, OPERATOR);
  }

  HttpResponse<String> asOperator(String method, String path) {
    return send(method, path, "", OPERATOR);
  }

  HttpResponse<String> send(String method, String path, String body, String authorization) {
    return http.send(
        method,
        path,
        Http.bytes(body),
        "Content-Type",
        "application/json",
        "Authorization",
        authorization);
  }

  HttpResponse<String> publish(String stream, String authorization) {
    return post("/whip/endpoint/" + stream, "sendonly", authorization);
  }

  HttpResponse<String> play(String stream, String authorization) {
    return post("/whep/endpoint/" + stream, "recvonly", authorization);
  }

  HttpResponse<String> post(String path, String direction, String authorization) {
    return http.post(path, RealOffers.minimal(direction), authorization);
  }

  static String token(String subject) {
    return sign(Jwt.claims().subject(subject).claim("publish", "*").claim("play", "*"));
  }

  static String admin() {
    return sign(Jwt.claims().subject("root").claim("admin", true));
  }

  static String sign(io.smallrye.jwt.build.JwtClaimsBuilder claims) {
    byte[] secret = SharedSecret.TEXT.getBytes(StandardCharsets.UTF_8);
    return "Bearer " + claims.expiresIn(600).jws().sign(new SecretKeySpec(secret, "HmacSHA256"));
  }
}
