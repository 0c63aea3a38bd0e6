package io.wishbone.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.net.SelfSignedCertificate;
import io.vertx.ext.web.RoutingContext;
import io.wishbone.signaling.http.Leaving;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// A server that is about to end serves whatever still comes, and has clients come by another
/// connection the next time, over HTTP/1.1 and HTTP/2.
@QuarkusTest
@TestProfile(LeavingTest.OverTls.class)
class LeavingTest {

  private static final int CLIENTS = 8;
  private static final int REQUESTS = 100;
  private static final String NOTED = "Note-Connection";
  private static final String[] OLDER_JAVA = {"User-Agent", "Java-http-client/21.0.9"};

  @TestHTTPResource(value = "/whip/endpoint/studio", tls = true)
  URI endpoint;

  @Inject Leaving leaving;
  @Inject Connections connections;

  public static final class OverTls implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      var certificate = SelfSignedCertificate.create("localhost");
      return Map.of(
          "quarkus.tls.key-store.pem.server.cert", certificate.certificatePath(),
          "quarkus.tls.key-store.pem.server.key", certificate.privateKeyPath(),
          "quarkus.http.test-ssl-port", "0");
    }
  }

  /// By which connections requests came in.
  @Singleton
  static final class Connections {
    private final Queue<Integer> ports = new ConcurrentLinkedQueue<>();

    void register(@Observes Filters filters) {
      filters.register(this::note, 600);
    }

    private void note(RoutingContext routing) {
      if (routing.request().getHeader(NOTED) != null) {
        ports.add(routing.request().connection().remoteAddress().port());
      }
      routing.next();
    }

    List<Integer> take() {
      List<Integer> taken = new ArrayList<>(ports);
      ports.clear();
      return taken;
    }
  }

  private HttpResponse<String> get(HttpClient client, String... headers)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(endpoint).headers(NOTED, "1");
    if (headers.length > 0) {
      request.headers(headers);
    }
    HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(204);
    return response;
  }

  private static HttpClient client(Version version) throws GeneralSecurityException {
    return HttpClient.newBuilder().version(version).sslContext(TrustAll.context()).build();
  }

  /// By which connections these many requests come in, one after the other.
  private List<Integer> connectionsOf(HttpClient client, int requests, String... headers)
      throws IOException, InterruptedException {
    connections.take();
    for (int i = 0; i < requests; i++) {
      get(client, headers);
    }
    return connections.take();
  }

  @Test
  void servesWhatComesAndSendsItsConnectionsAway() throws Exception {
    try (HttpClient old = client(Version.HTTP_1_1);
        HttpClient modern = client(Version.HTTP_2);
        HttpClient fragile = client(Version.HTTP_2);
        HttpClient busy = client(Version.HTTP_2)) {
      assertThat(connectionsOf(old, 5)).hasSize(5).containsOnly(connectionOf(old));
      int before = connectionOf(modern);
      assertThat(connectionsOf(modern, 5)).hasSize(5).containsOnly(before);
      assertThat(get(modern).version()).isEqualTo(Version.HTTP_2);

      beginUnder(busy);

      assertThat(connectionsOf(old, 3)).hasSize(3).doesNotHaveDuplicates();
      assertThat(connectionsOf(modern, 3))
          .as("it was told while it asked for nothing, and is told each time")
          .doesNotHaveDuplicates()
          .hasSize(3)
          .doesNotContain(before);
      assertThat(get(modern).version()).isEqualTo(Version.HTTP_2);
      assertThat(connectionsOf(fragile, 3, OLDER_JAVA))
          .as("it would fail what is on its way")
          .hasSize(3)
          .containsOnly(connectionOf(fragile, OLDER_JAVA));
    }
  }

  private int connectionOf(HttpClient client, String... headers)
      throws IOException, InterruptedException {
    return connectionsOf(client, 1, headers).getFirst();
  }

  /// Lets the leaving begin while many requests are under way, of which none may fail.
  private void beginUnder(HttpClient client) throws InterruptedException {
    var failures = new ConcurrentLinkedQueue<Exception>();
    var done = new AtomicInteger();
    var under = new CountDownLatch(CLIENTS * REQUESTS / 4);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                for (int k = 0; k < REQUESTS; k++) {
                  try {
                    get(client);
                    done.incrementAndGet();
                  } catch (IOException | InterruptedException failure) {
                    failures.add(failure);
                  }
                  under.countDown();
                }
              }));
    }
    under.await();
    leaving.begin();
    for (Thread thread : threads) {
      thread.join();
    }
    int used = (int) connections.take().stream().distinct().count();
    System.out.printf(
        "leaving: %d of %d requests over HTTP/2 were served, by %d connections%n",
        done.get(), CLIENTS * REQUESTS, used);
    assertThat(failures).isEmpty();
    assertThat(used).isGreaterThan(2);
  }
}
