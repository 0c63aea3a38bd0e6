package io.wishbone.it.interop;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Serves the pages of `src/test/resources/pages` and, below `/npm/`, the packages that were
/// installed from npm. It has an origin of its own, so that every request to the server under test
/// is one across origins.
final class PageServer implements BeforeAllCallback, AfterAllCallback {
  private static final String NPM = "/npm/";

  private @Nullable HttpServer http;
  private @Nullable ExecutorService threads;

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    threads = Executors.newVirtualThreadPerTaskExecutor();
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(threads);
    http.createContext("/", PageServer::serve);
    http.start();
  }

  /// The page that runs programs.
  URI page() {
    if (http == null) {
      throw new IllegalStateException("not started");
    }
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/index.html");
  }

  private static void serve(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    byte[] body = path.startsWith(NPM) ? npm(path) : page(path);
    if (body == null) {
      exchange.sendResponseHeaders(404, -1);
    } else {
      exchange.getResponseHeaders().set("Content-Type", type(path));
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  private static byte @Nullable [] npm(String path) throws IOException {
    Path packages = ClientProgram.directory().resolve("node_modules");
    Path file = packages.resolve(path.substring(NPM.length())).normalize();
    return file.startsWith(packages) && Files.isRegularFile(file) ? Files.readAllBytes(file) : null;
  }

  private static byte @Nullable [] page(String path) {
    try (InputStream in = PageServer.class.getResourceAsStream("/pages" + path)) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String type(String path) {
    return switch (path.substring(path.lastIndexOf('.') + 1)) {
      case "html" -> "text/html";
      case "js" -> "text/javascript";
      default -> "application/octet-stream";
    };
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (http != null) {
      http.stop(0);
    }
    if (threads != null) {
      threads.close();
    }
  }
}
