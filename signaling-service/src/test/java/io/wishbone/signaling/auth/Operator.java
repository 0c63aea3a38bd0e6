package io.wishbone.signaling.auth;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/// An operator's program that decides who may come in: a real server that does what it is told.
public final class Operator implements AutoCloseable {

  /// What it was asked.
  public record Question(JsonObject json, String body, String signature) {}

  private final HttpServer server;
  private final List<Question> questions = new CopyOnWriteArrayList<>();
  private volatile Issuer.Behaviour behaviour = exchange -> Issuer.respond(exchange, 204, "");

  public Operator(int port) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String signature = exchange.getRequestHeaders().getFirst("Wishbone-Signature");
    questions.add(new Question(new JsonObject(body), body, signature == null ? "" : signature));
    behaviour.answer(exchange);
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public void answer(int status, String body) {
    behave(exchange -> Issuer.respond(exchange, status, body));
  }

  public void behave(Issuer.Behaviour next) {
    behaviour = next;
  }

  public List<Question> questions() {
    return List.copyOf(questions);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
