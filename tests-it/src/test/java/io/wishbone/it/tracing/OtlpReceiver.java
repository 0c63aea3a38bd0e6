package io.wishbone.it.tracing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Takes in what OpenTelemetry's exporters send by HTTP, as a collector does.
public final class OtlpReceiver implements AfterAllCallback, AutoCloseable {
  private final HttpServer server;
  private final List<ReceivedSpan> spans = new CopyOnWriteArrayList<>();
  private final List<byte[]> requests = new CopyOnWriteArrayList<>();
  private final List<String> faults = new CopyOnWriteArrayList<>();

  public OtlpReceiver() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    server.createContext("/", this::handle);
    server.start();
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      if ("gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
        body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
      }
      requests.add(body);
      take(exchange.getRequestURI().getPath(), body);
      exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
      exchange.sendResponseHeaders(200, -1);
    }
  }

  private void take(String path, byte[] body) {
    try {
      if (path.equals("/v1/traces")) {
        // An exporter whose connection ends before it has read the answer sends the same again.
        TraceRequest.read(body).stream().filter(span -> !spans.contains(span)).forEach(spans::add);
      } else {
        faults.add("what is " + path + "?");
      }
    } catch (RuntimeException malformed) {
      faults.add(malformed.toString());
    }
  }

  /// All that has come so far.
  public List<ReceivedSpan> spans() {
    return List.copyOf(spans);
  }

  /// Those of a trace, by when they began.
  public List<ReceivedSpan> trace(String traceId) {
    List<ReceivedSpan> trace = new ArrayList<>();
    for (ReceivedSpan span : spans) {
      if (span.traceId().equals(traceId)) {
        trace.add(span);
      }
    }
    trace.sort((one, other) -> Long.compare(one.startNanos(), other.startNanos()));
    return trace;
  }

  /// Everything that has come, as text.
  public String raw() {
    var text = new StringBuilder();
    requests.forEach(body -> text.append(new String(body, StandardCharsets.ISO_8859_1)));
    return text.toString();
  }

  /// What came that is no request with traces.
  public List<String> faults() {
    return List.copyOf(faults);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
