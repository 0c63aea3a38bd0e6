package io.wishbone.it.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wishbone.client.ClientParts;
import io.wishbone.client.http.SignalingClient;
import io.wishbone.it.RunningServer;
import io.wishbone.it.conformance.SoundPeer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// R12, R13, R16 and R19 over real sockets, some of each in a build. The figures of
/// docs/reliability.md are those of `-Dhostile.sessions=200 -Dhostile.packets=1000000`.
class HostileTrafficIT {

  private static final int SESSIONS = Integer.getInteger("hostile.sessions", 10);
  private static final int PACKETS = Integer.getInteger("hostile.packets", 20_000);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /// R19, of the median. A busy machine may stop everything for a while, but not three times.
  private static final double SET_UP_MILLIS = 300;

  private static final int ATTEMPTS = 3;
  private static final int BURST = 16;
  private static final long PAUSE_NANOS = 300_000;

  @RegisterExtension static final RunningServer server = RunningServer.with("--workers", "1");

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static ClientParts parts;

  private final Random random = new Random(16);

  @BeforeAll
  static void start() {
    parts = ClientParts.start("hostile-traffic", new SignalingClient(null));
  }

  @AfterAll
  static void stop() {
    parts.close();
    HTTP.close();
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return HTTP.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException failure) {
      throw new AssertionError(failure);
    }
  }

  /// @param url with which it ends
  private record Session(SoundPeer peer, URI url, double millis) {
    void end() throws Exception {
      assertThat(send(HttpRequest.newBuilder(url).DELETE()).statusCode()).isEqualTo(200);
      peer.leave();
    }
  }

  private static Session join(SoundPeer peer, URI endpoint, @Nullable Tap tap) throws Exception {
    long begin = System.nanoTime();
    HttpResponse<String> opened =
        send(
            HttpRequest.newBuilder(endpoint)
                .header("Content-Type", "application/sdp")
                .POST(BodyPublishers.ofString(peer.offer())));
    assertThat(opened.statusCode()).as(opened.body()).isEqualTo(201);
    peer.accept(tap == null ? opened.body() : tap.through(opened.body()));
    await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(peer::isConnected);
    double millis = (System.nanoTime() - begin) / 1e6;
    String location = opened.headers().firstValue("Location").orElseThrow();
    return new Session(peer, endpoint.resolve(location), millis);
  }

  private static double drops(String reason) {
    String label = "reason=\"" + reason + "\"";
    return send(HttpRequest.newBuilder(server.console().resolve("q/metrics")))
        .body()
        .lines()
        .filter(line -> line.startsWith("wishbone_drops_total{") && line.contains(label))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  private static String spread(List<Double> millis) {
    Collections.sort(millis);
    return "median %.0f ms, at most %.0f ms"
        .formatted(millis.get(millis.size() / 2), millis.getLast());
  }

  /// A hello as a client of this server sends it.
  private static byte[] hello() throws Exception {
    try (var tap = new Tap(server.mediaPort())) {
      Session session = join(SoundPeer.publisher(parts), server.whip("hello"), tap);
      session.end();
      byte[] hello = tap.seen(Tap::isClientHello);
      assertThat(hello).isNotNull();
      return hello;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 10_000})
  void connectsEverybodyWhileStrangersSendHellos(int perSecond) throws Exception {
    byte[] hello = hello();
    Session publisher = join(SoundPeer.publisher(parts), server.whip("raced-" + perSecond), null);
    double before = drops("unknown_source");
    List<Double> millis = new ArrayList<>();
    try (var flood = new Flood(server.mediaPort(), perSecond, () -> hello)) {
      for (int i = 0; i < SESSIONS; i++) {
        Session viewer = join(SoundPeer.viewer(parts), server.whep("raced-" + perSecond), null);
        await().atMost(PATIENCE).until(() -> viewer.peer().receivedCount() > 0);
        millis.add(viewer.millis());
        viewer.end();
      }
      double rate = flood.perSecond();
      flood.stopped();
      // Otherwise it would mean nothing that everybody connects.
      await().atMost(PATIENCE).until(() -> drops("unknown_source") - before > flood.sent() * 0.5);
      double refused = drops("unknown_source") - before;
      System.out.printf(
          "R12, R13: %d of %d connected, %s, beside %d hellos (%.0f a second, %.0f of them"
              + " refused by the server); %d bytes to strangers%n",
          millis.size(),
          SESSIONS,
          spread(millis),
          flood.sent(),
          rate,
          refused,
          flood.answeredBytes());
      assertThat(flood.answeredBytes()).isZero();
    }
    publisher.end();
  }

  /// Whatever begins a conversation, and what is none.
  @Test
  void strangersGetNoByte() throws Exception {
    byte[] hello = hello();
    var seen = new ArrayList<byte[]>();
    try (var tap = new Tap(server.mediaPort())) {
      Session session = join(SoundPeer.publisher(parts), server.whip("watched"), tap);
      byte[] check = tap.seen(datagram -> datagram.length > 20 && datagram[0] == 0);
      assertThat(check).isNotNull();
      byte[] forged = check.clone();
      forged[forged.length - 12] ^= 1;
      seen.addAll(List.of(hello, forged, new byte[] {0, 1, 0, 0}));
      await().atMost(PATIENCE).until(() -> tap.seen(Tap::isMedia) != null);
      seen.add(tap.seen(Tap::isMedia));
      try (var flood =
          new Flood(
              server.mediaPort(),
              5_000,
              () -> random.nextInt(5) == 0 ? junk() : seen.get(random.nextInt(seen.size())))) {
        await().atMost(PATIENCE).until(() -> flood.sent() >= Math.min(PACKETS / 2, 50_000));
        flood.stopped();
        System.out.printf(
            "R13: %d datagrams of strangers, %d bytes to them%n",
            flood.sent(), flood.answeredBytes());
        assertThat(flood.answeredBytes()).isZero();
      }
      session.end();
    }
  }

  private byte[] junk() {
    byte[] junk = new byte[random.nextInt(1, 1_400)];
    random.nextBytes(junk);
    return junk;
  }

  @Test
  void aSessionOutlivesForgedAndRepeatedPackets() throws Exception {
    try (var tap = new Tap(server.mediaPort());
        var watched = new Tap(server.mediaPort())) {
      Session publisher = join(SoundPeer.publisher(parts), server.whip("forged"), tap);
      Session viewer = join(SoundPeer.viewer(parts), server.whep("forged"), watched);
      await().atMost(PATIENCE).until(() -> watched.media() > 10);
      // Nothing but what is forged comes from now on, and what was under way has arrived.
      tap.hold(Tap::isMedia);
      byte[] real = tap.seen(Tap::isMedia);
      assertThat(real).isNotNull();
      long quiet = awaitQuiet(watched);
      double before = drops("srtp_refused");
      long begin = System.nanoTime();

      for (int i = 0; i < PACKETS; i++) {
        byte[] packet = real.clone();
        if (i % 2 == 0) {
          packet[packet.length - 1 - random.nextInt(10)] ^= (byte) (1 << random.nextInt(8));
        }
        tap.send(packet);
        if (i % BURST == 0) {
          LockSupport.parkNanos(PAUSE_NANOS);
        }
      }

      double seconds = (System.nanoTime() - begin) / 1e9;
      await().atMost(PATIENCE).until(() -> drops("srtp_refused") - before > PACKETS * 0.9);
      System.out.printf(
          "R16: %d packets in %.1f s, %.0f refused, %d forwarded%n",
          PACKETS, seconds, drops("srtp_refused") - before, watched.media() - quiet);
      assertThat(watched.media()).as("forwarded").isEqualTo(quiet);
      assertThat(publisher.peer().closeReason()).isNull();
      tap.hold(_ -> false);
      await().atMost(PATIENCE).until(() -> watched.media() > quiet + 50);
      viewer.end();
      publisher.end();
    }
  }

  private static long awaitQuiet(Tap watched) {
    long[] last = {-1};
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .until(() -> {
          boolean isQuiet = watched.media() == last[0];
          last[0] = watched.media();
          return isQuiet;
        });
    return last[0];
  }

  /// As FFmpeg publishes: the server opens the handshake, and no checks follow the first ones.
  @Test
  void setsUpAPublisherThatIsPassive() throws Exception {
    List<Double> medians = new ArrayList<>();
    while (medians.size() < ATTEMPTS
        && medians.stream().noneMatch(median -> median <= SET_UP_MILLIS)) {
      List<Double> millis = passiveSetUps();
      System.out.printf(
          "R19: from the POST to the connection of a passive publisher %s (%d)%n",
          spread(millis), millis.size());
      medians.add(millis.get(millis.size() / 2));
    }
    assertThat(medians).anyMatch(median -> median <= SET_UP_MILLIS);
  }

  private static List<Double> passiveSetUps() throws Exception {
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i <= Math.max(5, SESSIONS / 10); i++) {
      try (var tap = new Tap(server.mediaPort())) {
        Session publisher = join(SoundPeer.passivePublisher(parts), server.whip("passive"), tap);
        assertThat(tap.seen(Tap::isClientHello)).as("it waits for the server's").isNull();
        tap.hold(datagram -> datagram[0] == 0);
        Session viewer = join(SoundPeer.viewer(parts), server.whep("passive"), null);
        await().atMost(PATIENCE).until(() -> viewer.peer().receivedCount() > 0);
        // The first one warms the server up.
        if (i > 0) {
          millis.add(publisher.millis());
        }
        viewer.end();
        publisher.end();
      }
    }
    return millis;
  }
}
