package io.wishbone.signaling.http;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Nothing depends on the first request, whatever becomes of it.
class FirstRequestTest {

  private static final Vertx VERTX = Vertx.vertx();

  @AfterAll
  static void close() {
    VERTX.close();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"no such port, 127.0.0.1, 70000", "nobody listens there, 127.0.0.1, 1"})
  void passesOver(String failure, String host, int port) {
    var first = new FirstRequest(new CurrentVertxRequest(), VERTX);
    assertThatCode(() -> first.make(host, port)).as(failure).doesNotThrowAnyException();
  }
}
