package io.wishbone.signaling.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.smallrye.jwt.build.Jwt;
import io.wishbone.signaling.http.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotatingKeysTest {

  private static final Signer OLD = Signer.es256("2026-01");
  private static final Signer NEW = Signer.es256("2026-02");

  private final AtomicLong nanos = new AtomicLong(-5);
  private final Issuer issuer = new Issuer();
  private final TokenVerifier verifier = verifier(new KeyPlaces.Address(issuer.url("/jwks")));

  @AfterEach
  void stop() {
    issuer.close();
  }

  private TokenVerifier verifier(KeyText text) {
    return new TokenVerifier(
        AuthSettings.of().jwt(), new RotatingKeys(text, TokenAlgorithm.ES256, nanos::get));
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private static void accept(TokenVerifier verifier, Signer signer) {
    assertThatCode(() -> verify(verifier, signer)).doesNotThrowAnyException();
  }

  private static void refuse(TokenVerifier verifier, Signer signer) {
    assertThatThrownBy(() -> verify(verifier, signer)).isInstanceOf(InvalidTokenException.class);
  }

  private static void cannotTell(TokenVerifier verifier, Signer signer) {
    assertThatThrownBy(() -> verify(verifier, signer))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.problem().status()).isEqualTo(503));
  }

  private static void verify(TokenVerifier verifier, Signer signer) throws InvalidTokenException {
    var token = signer.sign(Jwt.claims().subject("alice").expiresIn(600));
    assertThat(verifier.verify(new Credentials.Bearer(token)).subject()).isEqualTo("alice");
  }

  @Test
  void areReadOnceForManyTokens() {
    issuer.publish(OLD);
    for (int i = 0; i < 20; i++) {
      accept(verifier, OLD);
    }
    assertThat(issuer.keyRequests()).isEqualTo(1);
  }

  @Test
  void followARotationAtTheFirstTokenOfTheNewKey() {
    issuer.publish(OLD);
    accept(verifier, OLD);

    issuer.publish(OLD, NEW);
    accept(verifier, NEW);
    accept(verifier, OLD);
    assertThat(issuer.keyRequests()).isEqualTo(2);
  }

  @Test
  void dropAWithdrawnKeyAfterAWhile() {
    issuer.publish(OLD, NEW);
    accept(verifier, OLD);
    issuer.publish(NEW);
    accept(verifier, OLD);

    pass(RotatingKeys.MAX_AGE);
    accept(verifier, NEW);
    await().until(() -> issuer.keyRequests() == 2);
    await().untilAsserted(() -> refuse(verifier, OLD));
  }

  @Test
  void letNobodyHammerTheIssuerWithInventedNames() {
    issuer.publish(OLD);
    accept(verifier, OLD);
    for (int i = 0; i < 200; i++) {
      refuse(verifier, Signer.es256("invented-" + i));
    }
    assertThat(issuer.keyRequests()).isEqualTo(RotatingKeys.BURST);

    pass(RotatingKeys.REFILL);
    issuer.publish(OLD, NEW);
    accept(verifier, NEW);
    refuse(verifier, Signer.es256("another"));
    assertThat(issuer.keyRequests()).isEqualTo(RotatingKeys.BURST + 1);
    accept(verifier, OLD);
  }

  @Test
  void areAskedForOnceByManyWhoWait() throws Exception {
    var arrived = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    issuer.behave(exchange -> {
      arrived.countDown();
      awaitQuietly(release);
      Issuer.respond(exchange, 200, Issuer.jwks(OLD));
    });
    List<Future<?>> callers = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 50; i++) {
        callers.add(threads.submit(() -> accept(verifier, OLD)));
      }
      assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
      release.countDown();
      for (Future<?> caller : callers) {
        caller.get(10, TimeUnit.SECONDS);
      }
    }
    // Those that came after the first answer find the keys, the others waited for it.
    assertThat(issuer.keyRequests()).isLessThanOrEqualTo(RotatingKeys.BURST);
  }

  @Test
  void goOnWhileTheIssuerIsDown() {
    issuer.publish(OLD);
    accept(verifier, OLD);
    issuer.close();

    pass(Duration.ofDays(1));
    accept(verifier, OLD);
    for (int i = 0; i < 2 * RotatingKeys.BURST; i++) {
      cannotTell(verifier, NEW);
    }
    accept(verifier, OLD);
  }

  @Test
  void areMissingUntilTheIssuerIsThere() {
    issuer.behave(exchange -> Issuer.respond(exchange, 500, ""));
    cannotTell(verifier, OLD);
    issuer.publish(OLD);
    accept(verifier, OLD);
  }

  @Test
  void areNotTakenFromWhereverTheIssuerRedirectsTo() {
    try (var elsewhere = new Issuer()) {
      elsewhere.publish(OLD);
      issuer.behave(exchange -> Issuer.redirect(exchange, elsewhere.url("/jwks")));
      cannotTell(verifier, OLD);
      assertThat(elsewhere.keyRequests()).isZero();
    }
  }

  @Test
  void areNotTakenFromAnEndlessAnswer() {
    issuer.behave(exchange -> {
      try (exchange) {
        exchange.sendResponseHeaders(200, 0);
        byte[] block = new byte[64 * 1024];
        for (int i = 0; i < 100; i++) {
          exchange.getResponseBody().write(block);
        }
      } catch (IOException _) {
        // The reader has had enough, as it should.
      }
    });
    cannotTell(verifier, OLD);
  }

  @Test
  void areNotWaitedForLongerThanAFewSeconds() {
    var never = new CountDownLatch(1);
    issuer.behave(exchange -> {
      exchange.sendResponseHeaders(200, 10);
      exchange.getResponseBody().flush();
      awaitQuietly(never);
    });
    long begin = System.nanoTime();
    cannotTell(verifier, OLD);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    never.countDown();
  }

  @Test
  void areFoundThroughTheIssuersDiscoveryDocument() {
    issuer.publish(OLD);
    accept(verifier(new KeyPlaces.Discovered(issuer.name())), OLD);
  }

  @Test
  void areNotTakenFromTheDocumentOfAnotherIssuer() {
    issuer.publish(OLD);
    issuer.discover("{\"issuer\":\"http://x\",\"jwks_uri\":\"" + issuer.url("/jwks") + "\"}");
    cannotTell(verifier(new KeyPlaces.Discovered(issuer.name())), OLD);

    issuer.discover(issuer.document("file:///etc/passwd"));
    cannotTell(verifier(new KeyPlaces.Discovered(issuer.name())), OLD);
    assertThat(issuer.keyRequests()).isZero();
  }

  @Test
  void areReadAgainFromAFileThatHasChanged(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("jwks.json");
    Files.writeString(file, Issuer.jwks(OLD));
    TokenVerifier ofFile =
        TokenVerifier.of(AuthSettings.of("jwt.key-location", file.toString()).jwt());
    accept(ofFile, OLD);
    Files.writeString(file, Issuer.jwks(OLD, NEW));
    accept(ofFile, NEW);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      var _ = latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
