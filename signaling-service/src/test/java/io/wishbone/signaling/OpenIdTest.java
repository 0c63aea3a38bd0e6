package io.wishbone.signaling;

import static io.wishbone.signaling.Http.header;
import static io.wishbone.signaling.Http.location;
import static io.wishbone.signaling.Http.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import io.wishbone.control.OpenSession;
import io.wishbone.signaling.auth.Issuer;
import io.wishbone.signaling.auth.Signer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// A server that knows of an OpenID Connect provider no more than its name, and the provider on a
/// port of this machine. The server is started first. It reads keys so often and no more, so the
/// tests have an order.
@QuarkusTest
@TestProfile(OpenIdTest.WithProvider.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OpenIdTest extends OverHttp {

  private static final Signer OLD = Signer.rs256("2026-01");
  private static final Signer NEW = Signer.rs256("2026-02");

  /// A server that trusts whoever will be at a port.
  public static final class WithProvider implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "wishbone.auth", "jwt",
          "wishbone.jwt.algorithm", "rs256",
          "wishbone.jwt.issuer", "http://127.0.0.1:" + freePort(),
          "wishbone.jwt.audience", "wishbone",
          "wishbone.jwt.publish-claim", "resource_access/wishbone/publish",
          "wishbone.jwt.play-claim", "resource_access/wishbone/play");
    }

    private static int freePort() {
      try (var socket = new ServerSocket(0)) {
        return socket.getLocalPort();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @ConfigProperty(name = "wishbone.jwt.issuer")
  URI name;

  private Issuer provider;

  @BeforeEach
  void start() {
    provider = new Issuer(name.getPort());
    provider.publish(OLD);
  }

  @AfterEach
  void stop() {
    provider.close();
  }

  @Test
  @Order(1)
  void acceptsTokensOfAProviderThatCameUpLater() {
    assertThat(publish(OLD.sign(claims())).statusCode()).isEqualTo(201);
    assertThat(node.received(OpenSession.class)).hasSize(1);
    assertThat(node.received(OpenSession.class).getFirst().lifetime()).isNull();
  }

  @Test
  @Order(2)
  void tellsTheNodeHowLongASessionMayLast() {
    assertThat(publish(OLD.sign(claims().claim("lifetime", 90))).statusCode()).isEqualTo(201);
    assertThat(node.received(OpenSession.class).getFirst().lifetime())
        .isEqualTo(Duration.ofSeconds(90));
  }

  @Test
  @Order(3)
  void refusesTokensOfTheProviderForOthers() {
    refused(OLD.sign(claims().audience("another-service")));
    refused(OLD.sign(claims().issuer("http://elsewhere.example")));
    refused(OLD.sign(claims().expiresAt(1)));
    refused(Signer.rs256("2026-01").sign(claims()));
  }

  @Test
  @Order(4)
  void isNotConfusedAboutTheAlgorithm() {
    byte[] publicKey = OLD.pair().getPublic().getEncoded();
    refused(claims().jws().keyId("2026-01").sign(new SecretKeySpec(publicKey, "HmacSHA256")));
    refused(
        claims()
            .jws()
            .keyId("2026-01")
            .sign(
                new SecretKeySpec(
                    Issuer.jwks(OLD).getBytes(StandardCharsets.UTF_8), "HmacSHA256")));
    String signed = OLD.sign(claims());
    String none = part("{\"alg\":\"none\",\"kid\":\"2026-01\"}");
    refused(none + "." + signed.split("\\.")[1] + ".");
    refused(none + "." + signed.split("\\.")[1] + "." + signed.split("\\.")[2]);
    refused(Signer.es256("2026-01").sign(claims()));
  }

  @Test
  @Order(5)
  void asksNobodyThatATokenNames() {
    try (var theirs = new Issuer()) {
      var forger = Signer.rs256("2026-01");
      theirs.publish(forger);
      for (Map.Entry<String, Object> header :
          Map.<String, Object>of(
                  "jku", theirs.url("/jwks"),
                  "x5u", theirs.url("/jwks"),
                  "jwk", Map.of("kty", "RSA", "n", "AQAB", "e", "AQAB"),
                  "x5c", List.of("MIIB"))
              .entrySet()) {
        refused(
            claims()
                .jws()
                .header(header.getKey(), header.getValue())
                .keyId("2026-01")
                .sign(forger.pair().getPrivate()));
        // With the right key these headers do no harm.
        assertThat(
                publish(
                        claims()
                            .jws()
                            .header(header.getKey(), header.getValue())
                            .keyId("2026-01")
                            .sign(OLD.pair().getPrivate()))
                    .statusCode())
            .isEqualTo(201);
      }
      assertThat(theirs.keyRequests()).isZero();
    }
    assertThat(provider.keyRequests()).isZero();
  }

  @Test
  @Order(6)
  void followsARotation() {
    provider.publish(OLD, NEW);
    assertThat(publish(NEW.sign(claims())).statusCode()).isEqualTo(201);
    assertThat(publish(OLD.sign(claims())).statusCode()).isEqualTo(201);
    assertThat(provider.keyRequests()).isEqualTo(1);
  }

  @Test
  @Order(7)
  void goesOnWithItsKeysWhenTheProviderIsDown() {
    provider.close();
    assertThat(publish(OLD.sign(claims())).statusCode()).isEqualTo(201);

    var unclear = publish(Signer.rs256("unknown").sign(claims()));
    problem(unclear, 503);
    assertThat(header(unclear, "Retry-After")).isNotBlank();

    // Whoever has a session does not need to be known to end it.
    String session = location(publish(OLD.sign(claims())));
    String unknown = "Bearer " + Signer.rs256("unknown").sign(claims());
    assertThat(http.send("DELETE", session, "Authorization", unknown).statusCode()).isEqualTo(200);
  }

  private void refused(String token) {
    var response = publish(token);
    problem(response, 401);
    assertThat(header(response, "WWW-Authenticate"))
        .isEqualTo("Bearer realm=\"wishbone\", error=\"invalid_token\"");
  }

  private HttpResponse<String> publish(String token) {
    return http.post("/whip/endpoint/studio", RealOffers.minimal("sendonly"), "Bearer " + token);
  }

  private JwtClaimsBuilder claims() {
    Map<String, Object> grants = Map.of("wishbone", Map.of("publish", List.of("studio")));
    return Jwt.claims()
        .issuer(name.toString())
        .audience("wishbone")
        .subject("alice")
        .claim("resource_access", grants)
        .expiresIn(600);
  }

  private static String part(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
