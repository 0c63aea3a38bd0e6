package io.wishbone.signaling.webhooks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import io.wishbone.signaling.http.WebhookSignature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// An operator's program: answers what the test says, and keeps what it was told.
final class Receiver implements AutoCloseable {

  private final HttpServer server;
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final ConcurrentLinkedQueue<Integer> statuses = new ConcurrentLinkedQueue<>();
  private volatile ToIntFunction<Request> judge = _ -> 204;

  /// @param status that it was answered
  record Request(@Nullable String signature, String body, int status) {

    List<String> each(String property) {
      return new JsonObject(body)
          .getJsonArray("events").stream()
              .map(event -> ((JsonObject) event).getString(property))
              .toList();
    }
  }

  Receiver() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::receive);
    server.start();
  }

  URI address() {
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/events");
  }

  /// What the next requests are answered, one after the other.
  void answer(Integer... next) {
    statuses.addAll(List.of(next));
  }

  /// What all others are answered.
  void judge(ToIntFunction<Request> judge) {
    this.judge = judge;
  }

  List<Request> requests() {
    return List.copyOf(requests);
  }

  /// The ids of what it has taken, in order.
  List<String> taken() {
    return requests.stream()
        .filter(request -> request.status() == 204)
        .flatMap(request -> request.each("id").stream())
        .toList();
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String signature = exchange.getRequestHeaders().getFirst(WebhookSignature.HEADER);
      Integer next = statuses.poll();
      int status = next != null ? next : judge.applyAsInt(new Request(signature, body, 0));
      requests.add(new Request(signature, body, status));
      exchange.sendResponseHeaders(status, -1);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
