package io.wishbone.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/// An operator's program, which is told what becomes of streams and sessions.
public final class WebhookReceiver implements AutoCloseable {

  private final HttpServer server;
  private final List<Told> told = new CopyOnWriteArrayList<>();
  private volatile int status = 204;

  /// @param status that it was answered
  public record Told(JsonObject event, int status) {
    public String text(String property) {
      return event.getString(property);
    }
  }

  public WebhookReceiver() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::receive);
    server.start();
  }

  public URI address() {
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/");
  }

  /// What requests are answered from now on.
  public void answer(int next) {
    status = next;
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body =
          new JsonObject(
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      int answer = status;
      body.getJsonArray("events").forEach(event -> told.add(new Told((JsonObject) event, answer)));
      exchange.sendResponseHeaders(answer, -1);
    }
  }

  /// What it was told of a stream, and answered so.
  public List<Told> told(String stream, int answer) {
    return told.stream()
        .filter(each -> each.text("stream").equals(stream) && each.status() == answer)
        .toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
