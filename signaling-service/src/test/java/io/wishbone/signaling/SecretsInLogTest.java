package io.wishbone.signaling;

import static io.wishbone.signaling.Http.header;
import static io.wishbone.signaling.Http.location;
import static io.wishbone.signaling.Http.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.jwt.build.Jwt;
import io.wishbone.control.Refusal;
import io.wishbone.signaling.auth.Operator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Reads everything that is logged, at the finest level, while people come in and are sent away.
@QuarkusTest
@TestProfile(SecretsInLogTest.WithSecrets.class)
class SecretsInLogTest extends OverHttp {

  private static final String KEY = "camera.0123456789abcdefghijklmnopqrstuv";

  private static final String END_OF_CANDIDATES =
      "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\na=end-of-candidates\r\n";
  private static final String WEBHOOK_SECRET = "only-the-webhook-knows-this";
  private static final String TURN_SECRET = "only-the-turn-server-knows-this";
  private static final String SHARED_SECRET = "a-secret-that-both-clusters-share!";

  /// A server with a secret of every kind, and the operator's program at a port.
  public static final class WithSecrets implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> settings =
          new HashMap<>(new StreamKeyTest.WithKeys().getConfigOverrides());
      settings.put("wishbone.auth", "keys,jwt,webhook");
      settings.put("wishbone.webhook.url", "http://127.0.0.1:" + freePort() + "/may");
      settings.put("wishbone.webhook.secret", WEBHOOK_SECRET);
      settings.put("wishbone.redirect.to", "https://two.example.org");
      settings.put("wishbone.redirect.secret", SHARED_SECRET);
      settings.put("wishbone.ice-servers", "turn:turn.example.org");
      settings.put("wishbone.turn.secret", TURN_SECRET);
      return settings;
    }

    private static int freePort() {
      try (var socket = new ServerSocket(0)) {
        return socket.getLocalPort();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @ConfigProperty(name = "wishbone.webhook.url")
  URI webhook;

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Logger ours = Logger.getLogger("io.wishbone");
  private final Logger root = Logger.getLogger("");
  private final Handler reader =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          var line = new StringWriter();
          line.append(ExtLogRecord.wrap(record).getFormattedMessage());
          if (record.getThrown() != null) {
            record.getThrown().printStackTrace(new PrintWriter(line));
          }
          lines.add(line.toString());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };
  private Operator operator;

  @BeforeEach
  void start() {
    operator = new Operator(webhook.getPort());
    reader.setLevel(Level.ALL);
    ours.setLevel(Level.ALL);
    root.addHandler(reader);
  }

  @AfterEach
  void stop() {
    root.removeHandler(reader);
    ours.setLevel(null);
    operator.close();
  }

  @Test
  void neverShowWhatPeopleShowed() {
    String good = token();
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

  @Test
  void neverShowWhereSessionsAreAndWhatTheServerItselfKeepsSecret() {
    String token = "Bearer " + token();
    List<String> secrets = new ArrayList<>(List.of(WEBHOOK_SECRET, TURN_SECRET, SHARED_SECRET));

    node.refuseWith(Refusal.NODE_FULL);
    var redirect = publish(token);
    assertThat(redirect.statusCode()).isEqualTo(307);
    String location = header(redirect, "Location");
    String grant = location.substring(location.indexOf("grant=") + 6);
    secrets.addAll(List.of(grant.split("\\.")));
    node.reset();
    problem(follow(grant.replace('.', 'x')), 401);
    String sent = location(follow(grant));
    secrets.add(id(sent));
    assertThat(http.send("DELETE", sent).statusCode()).isEqualTo(200);

    var published = publish(token);
    String publisher = location(published);
    secrets.add(id(publisher));
    String link =
        published.headers().allValues("Link").stream()
            .filter(value -> value.contains("credential="))
            .findFirst()
            .orElseThrow();
    secrets.add(link.replaceFirst(".*credential=\"([^\"]+)\".*", "$1"));
    var played = send("/whep/endpoint/studio", "recvonly", token);
    String player = location(played);
    secrets.add(id(player));
    secrets.add(id(location(http.send("POST", player + "/events"))));
    assertThat(http.send("DELETE", player).statusCode()).isEqualTo(200);

    node.fallSilent();
    problem(http.patch(publisher, "*", END_OF_CANDIDATES), 503);
    assertThat(http.send("DELETE", publisher).statusCode()).isEqualTo(200);
    problem(publish(token), 503);
    node.reset();
    node.beforeReply(() -> {
      throw new IllegalStateException("the node is broken");
    });
    assertThat(publish(token).statusCode()).isGreaterThanOrEqualTo(500);
    node.reset();
    operator.answer(500, "");
    problem(publish(token), 503);

    assertThat(lines)
        .anySatisfy(line -> assertThat(line).contains("SUBSCRIBER of stream studio"))
        .anySatisfy(line -> assertThat(line).contains("The webhook gave no answer"));
    assertThat(secrets).hasSize(10).allSatisfy(secret -> assertThat(secret).hasSizeGreaterThan(15));
    assertThat(String.join("\n", lines)).doesNotContain(secrets);
  }

  private static String id(String url) {
    return url.substring(url.lastIndexOf('/') + 1);
  }

  private static String token() {
    return Jwt.claims()
        .subject("alice")
        .claim("publish", "studio")
        .claim("play", "studio")
        .expiresIn(600)
        .jws()
        .sign(SharedSecret.KEY);
  }

  /// As a browser follows: without the token.
  private HttpResponse<String> follow(String grant) {
    return http.post("/whip/endpoint/studio?grant=" + grant, RealOffers.minimal("sendonly"));
  }

  private HttpResponse<String> publish(String authorization) {
    return send("/whip/endpoint/studio?ticket=7", "sendonly", authorization);
  }

  private HttpResponse<String> send(String path, String direction, String authorization) {
    return http.post(path, RealOffers.minimal(direction), authorization);
  }
}
