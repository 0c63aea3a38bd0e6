package io.wishbone.signaling.auth;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Exchanges text with servers that the configuration names, within limits of time and size.
/// Redirects are not followed: the configuration says where to go, not somebody on the way.
final class HttpText {

  private final HttpClient client;
  private final Duration timeout;
  private final int maxBytes;

  /// @param timeout for all of it, from the first byte sent to the last one received
  HttpText(Duration timeout, int maxBytes) {
    this.timeout = timeout;
    this.maxBytes = maxBytes;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(timeout)
            .build();
  }

  /// What came back.
  record Received(int status, String text) {
    boolean isSuccess() {
      return status >= 200 && status < 300;
    }
  }

  /// The text at the address.
  ///
  /// @throws IOException when there is none, or it does not come in time
  String get(URI address) throws IOException {
    Received received =
        exchange(HttpRequest.newBuilder(address).header("Accept", "application/json").build());
    if (!received.isSuccess()) {
      throw new IOException("the status is " + received.status());
    }
    return received.text();
  }

  Received exchange(HttpRequest request) throws IOException {
    CompletableFuture<HttpResponse<byte[]>> response =
        client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), maxBytes));
    try {
      HttpResponse<byte[]> done = response.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return new Received(done.statusCode(), new String(done.body(), StandardCharsets.UTF_8));
    } catch (TimeoutException _) {
      throw new IOException("no answer within " + timeout.toMillis() + " ms");
    } catch (ExecutionException failure) {
      Throwable cause = failure.getCause() == null ? failure : failure.getCause();
      String message = cause.getMessage();
      throw new IOException(message == null ? cause.getClass().getSimpleName() : message, cause);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the server is stopping");
    } finally {
      // Ends the exchange when it is still under way.
      response.cancel(true);
    }
  }
}
