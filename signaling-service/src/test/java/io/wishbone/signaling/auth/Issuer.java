package io.wishbone.signaling.auth;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// An identity provider, as far as its keys go: a real server with a JWK set and a discovery
/// document.
public final class Issuer implements AutoCloseable {

  /// Answers one request.
  public interface Behaviour {
    void answer(HttpExchange exchange) throws IOException;
  }

  private final HttpServer server;
  private final AtomicInteger keyRequests = new AtomicInteger();
  private volatile Behaviour keys = exchange -> respond(exchange, 200, jwks());
  private volatile Behaviour discovery = exchange -> respond(exchange, 200, document(url("/jwks")));

  public Issuer() {
    this(0);
  }

  public Issuer(int port) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/jwks",
        exchange -> {
          keyRequests.incrementAndGet();
          keys.answer(exchange);
        });
    server.createContext(
        "/.well-known/openid-configuration", exchange -> discovery.answer(exchange));
    server.start();
  }

  /// What it calls itself in `iss`.
  public String name() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  public String url(String path) {
    return name() + path;
  }

  /// From now on, these are its keys.
  public void publish(Signer... signers) {
    String set = jwks(signers);
    behave(exchange -> respond(exchange, 200, set));
  }

  /// From now on, requests for its keys are answered this way.
  public void behave(Behaviour behaviour) {
    keys = behaviour;
  }

  /// From now on, requests for its discovery document are answered with this.
  public void discover(String document) {
    discovery = exchange -> respond(exchange, 200, document);
  }

  /// How often its keys were asked for.
  public int keyRequests() {
    return keyRequests.get();
  }

  public String document(String keysAddress) {
    return "{\"issuer\":\"" + name() + "\",\"jwks_uri\":\"" + keysAddress + "\"}";
  }

  public static String jwks(Signer... signers) {
    return Stream.of(signers)
        .map(Signer::jwk)
        .collect(Collectors.joining(",", "{\"keys\":[", "]}"));
  }

  public static void respond(HttpExchange exchange, int status, String body) throws IOException {
    try (exchange) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  public static void redirect(HttpExchange exchange, String to) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Location", URI.create(to).toString());
      exchange.sendResponseHeaders(302, -1);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
