package io.wishbone.signaling;

import static io.wishbone.signaling.Http.location;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.wishbone.control.SelectLayer;
import io.wishbone.control.SessionId;
import io.wishbone.signaling.MalformedRequests.Malformed;
import io.wishbone.signaling.http.FirstRequest;
import io.wishbone.store.EventStreamRecord;
import io.wishbone.store.EventStreamStore;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Whatever comes in, it is the client's fault, is said so at once, and leaves nothing behind.
@QuarkusTest
class MalformedRequestsTest extends OverHttp {

  private static final Duration TARGET = Duration.ofMillis(100);

  /// Of a single one: the machine may have other things to do.
  private static final Duration BOUND = Duration.ofSeconds(2);

  /// What does not even begin like HTTP is closed like any connection that says nothing.
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(12);

  private static final int LEAST = 300;

  /// How often one that took longer than it should is sent again: whether it is slow, or the
  /// machine was busy.
  private static final int REPEATS = 3;

  private record Answer(int status, String head, Duration time) {}

  @Inject FirstRequest first;
  @Inject EventStreamStore eventStreams;

  @Test
  @DisplayName(
      "R9: hundreds of malformed requests are each a 4xx, at once, and leave nothing behind")
  void answersEachByAProblemOfTheClient() throws IOException {
    String publisher = path(location(http.publish("studio")));
    String player = path(location(http.play("studio")));
    // As a server does when it starts; that of the tests does not know its port then.
    first.make(base.getHost(), base.getPort());
    List<Malformed> requests = new MalformedRequests(publisher, player).all();
    var times = new ArrayList<Duration>();
    var goodTimes = new ArrayList<Duration>();
    var closed = new ArrayList<String>();
    var repeated = new ArrayList<String>();
    var late = new ArrayList<String>();
    var failures = new ArrayList<String>();
    for (Malformed request : requests) {
      goodTimes.add(timeOfAGoodOne(publisher));
      Answer answer = send(request);
      if (answer.status() == 0) {
        closed.add(request.name());
        assertThat(answer.time()).isLessThan(LONGEST_SILENCE);
      } else {
        times.add(answer.time());
        if (answer.time().compareTo(TARGET) > 0) {
          repeated.add(request.name() + ": " + answer.time().toMillis() + " ms");
          if (isLateAgain(request, answer.status())) {
            late.add(request.name());
          }
        }
      }
      String fault = fault(request, answer);
      if (!fault.isEmpty()) {
        failures.add(request.name() + ": " + fault);
      }
    }
    print("malformed", times);
    print("good", goodTimes);
    System.out.println("R9: the slowest was number " + (times.indexOf(Collections.max(times)) + 1));
    System.out.printf(
        "R9: of %d requests %d were answered, %d of them sent again: %s%n",
        requests.size(), times.size(), repeated.size(), repeated);
    System.out.printf(
        "R9: %d were closed without an answer, for they were no HTTP or in no chunks: %s%n",
        closed.size(), closed.toString().replaceAll("\\p{Cntrl}+", " "));
    assertThat(failures).isEmpty();
    assertThat(late).describedAs("never answered within %d ms", TARGET.toMillis()).isEmpty();
    assertThat(times).hasSizeGreaterThanOrEqualTo(LEAST);
    assertThat(times).allSatisfy(time -> assertThat(time).isLessThan(BOUND));
    // What a good one in between takes is the machine's doing, not that of what is malformed.
    assertThat(percentile(times, 99)).isLessThan(TARGET.plus(percentile(goodTimes, 99)));

    assertThat(node.received(SelectLayer.class)).describedAs("no choice got through").isEmpty();
    assertThat(roomForEventStreams(player)).isEqualTo(EventStreamStore.MAX_STREAMS);
    assertThat(sessions.all()).describedAs("those that were there before").hasSize(2);
    assertThat(streams.all()).hasSize(1);
    assertThat(http.send("DELETE", player).statusCode()).isEqualTo(200);
    assertThat(http.send("DELETE", publisher).statusCode()).isEqualTo(200);
    assertThat(streams.all()).isEmpty();
  }

  /// Whether the request is answered too late each time that it is sent again, too; by the same
  /// status, whenever.
  private boolean isLateAgain(Malformed request, int status) throws IOException {
    for (int repeat = 0; repeat < REPEATS; repeat++) {
      Answer again = send(request);
      assertThat(again.status()).describedAs(request.name()).isEqualTo(status);
      if (again.time().compareTo(TARGET) <= 0) {
        return false;
      }
    }
    return true;
  }

  /// How many event streams the session takes besides those that it has.
  private int roomForEventStreams(String session) {
    var id = new SessionId(session.substring(session.lastIndexOf('/') + 1));
    int room = 0;
    while (eventStreams.add(id, new EventStreamRecord("test-" + room, List.of()), _ -> true)) {
      room++;
    }
    return room;
  }

  private static String fault(Malformed request, Answer answer) {
    if (answer.status() == 0) {
      return request.mayClose() ? "" : "closed without an answer";
    }
    if (answer.status() < 400 || answer.status() > 499) {
      return "answered " + answer.status();
    }
    String head = answer.head().toLowerCase(Locale.ROOT);
    // What is no HTTP, or too long to be read, is answered before there is a request.
    boolean isRequest = head.contains("access-control-allow-origin: *");
    boolean isProblem = head.contains("content-type: application/problem+json");
    if (request.name().startsWith("whip ") || request.name().startsWith("whep ")) {
      if (!isRequest) {
        return answer.status() + " without CORS headers";
      }
      if (!isProblem && !request.name().contains(" HEAD ")) {
        return answer.status() + " without problem details";
      }
    }
    return "";
  }

  /// Waits for the head of the answer only: the connection may stay open for what else is sent.
  private Answer send(Malformed request) throws IOException {
    try (Socket socket = new Socket(base.getHost(), base.getPort())) {
      socket.setSoTimeout(10_000);
      socket.setTcpNoDelay(true);
      long start = System.nanoTime();
      socket.getOutputStream().write(request.bytes());
      var head = new StringBuilder();
      for (int next = socket.getInputStream().read();
          next >= 0;
          next = socket.getInputStream().read()) {
        head.append((char) next);
        if (head.length() > 4 && head.substring(head.length() - 4).equals("\r\n\r\n")) {
          break;
        }
      }
      var time = Duration.ofNanos(System.nanoTime() - start);
      boolean isHttp = head.toString().startsWith("HTTP/1.");
      int status = isHttp ? Integer.parseInt(head.substring(9, 12)) : 0;
      return new Answer(status, head.toString(), time);
    }
  }

  /// A request that there is nothing wrong with, sent the same way.
  private Duration timeOfAGoodOne(String session) throws IOException {
    String text = "GET " + session + " HTTP/1.1\r\nHost: " + base.getAuthority() + "\r\n\r\n";
    Answer answer = send(new Malformed("none", text.getBytes(StandardCharsets.US_ASCII), false));
    assertThat(answer.status()).isEqualTo(204);
    return answer.time();
  }

  private static void print(String kind, List<Duration> times) {
    System.out.printf(
        Locale.ROOT,
        "R9: %d %s requests, answered in 50 %% %.1f, 95 %% %.1f, 99 %% %.1f, all %.1f ms"
            + " (target %d ms)%n",
        times.size(),
        kind,
        percentile(times, 50).toNanos() / 1e6,
        percentile(times, 95).toNanos() / 1e6,
        percentile(times, 99).toNanos() / 1e6,
        percentile(times, 100).toNanos() / 1e6,
        TARGET.toMillis());
  }

  private static Duration percentile(List<Duration> times, int percent) {
    List<Duration> sorted = times.stream().sorted().toList();
    return sorted.get(Math.max(0, sorted.size() * percent / 100 - 1));
  }

  private static String path(String url) {
    return URI.create(url).getPath();
  }
}
