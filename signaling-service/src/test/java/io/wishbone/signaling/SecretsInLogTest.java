package io.wishbone.signaling;

import static io.wishbone.signaling.Http.location;
import static io.wishbone.signaling.Http.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.jwt.build.Jwt;
import io.wishbone.store.SessionStore;
import io.wishbone.store.StreamStore;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.crypto.spec.SecretKeySpec;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Reads everything that is logged, at the finest level, while people come in and are sent away.
@QuarkusTest
@TestProfile(StreamKeyTest.WithKeys.class)
class SecretsInLogTest {

  private static final String KEY = "camera.0123456789abcdefghijklmnopqrstuv";
  private static final String SECRET = "a-secret-that-is-long-enough-for-hs256";

  @Inject ScriptedNode node;
  @Inject SessionStore sessions;
  @Inject StreamStore streams;
  @TestHTTPResource URI base;

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Logger ours = Logger.getLogger("io.wishbone");
  private final Logger root = Logger.getLogger("");
  private final Handler reader =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          lines.add(
              ExtLogRecord.wrap(record).getFormattedMessage()
                  + " "
                  + (record.getThrown() == null
                      ? ""
                      : record.getThrown() + Arrays.toString(record.getThrown().getStackTrace())));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };
  private Http http;

  @BeforeEach
  void start() {
    http = new Http(base);
    TestServer.reset(node, sessions, streams);
    reader.setLevel(Level.ALL);
    ours.setLevel(Level.ALL);
    root.addHandler(reader);
  }

  @AfterEach
  void stop() {
    root.removeHandler(reader);
    ours.setLevel(null);
  }

  @Test
  void neverShowWhatPeopleShowed() {
    String good =
        Jwt.claims()
            .subject("alice")
            .claim("publish", "studio")
            .expiresIn(600)
            .jws()
            .sign(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    String forged = good.substring(0, good.length() - 4) + "AAAA";
    String session = location(publish("Bearer " + good));
    assertThat(http.send("DELETE", session, "Authorization", "Bearer " + good).statusCode())
        .isEqualTo(200);
    location(publish("Bearer " + KEY));
    problem(publish("Bearer " + forged), 401);
    problem(publish("Bearer " + KEY + "x"), 401);
    problem(publish("Basic Y2FtZXJhOndyb25n"), 401);

    // It does read what is logged.
    assertThat(lines).anySatisfy(line -> assertThat(line).contains("PUBLISHER of stream studio"));
    String signature = good.substring(good.lastIndexOf('.') + 1, good.length() - 4);
    assertThat(String.join("\n", lines))
        .doesNotContain(signature)
        .doesNotContain(good.split("\\.")[1])
        .doesNotContain(KEY.substring("camera.".length()))
        .doesNotContain("Y2FtZXJhOndyb25n")
        .doesNotContain("ticket");
  }

  private java.net.http.HttpResponse<String> publish(String authorization) {
    return http.send(
        "POST",
        "/whip/endpoint/studio?ticket=7",
        Http.bytes(RealOffers.minimal("sendonly")),
        "Content-Type",
        Http.SDP,
        "Authorization",
        authorization);
  }
}
