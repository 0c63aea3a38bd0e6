package io.wishbone.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;

/// What came back.
record Response(HttpResponse<String> http) {
  int status() {
    return http.statusCode();
  }

  String body() {
    return http.body();
  }

  /// The first value, empty when there is none.
  String header(String name) {
    return http.headers().firstValue(name).orElse("");
  }

  List<String> headers(String name) {
    return http.headers().allValues(name);
  }

  boolean has(String name) {
    return http.headers().firstValue(name).isPresent();
  }

  /// Expects a failure that says what it is, and that web pages may read.
  Response assertProblem(int status) {
    assertThat(status()).as(body()).isEqualTo(status);
    assertThat(header("Content-Type")).startsWith("application/problem+json");
    assertThat(body()).contains("\"status\":" + status, "\"detail\":\"");
    return assertReadable();
  }

  /// Expects the headers without which a web page sees nothing.
  Response assertReadable() {
    assertThat(header("Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(header("Access-Control-Expose-Headers"))
        .contains(
            "Location",
            "ETag",
            "Link",
            "Accept-Patch",
            "Accept-Post",
            "Retry-After",
            "WWW-Authenticate",
            "Allow",
            "Access-Control-Allow-Methods");
    return this;
  }

  /// Expects success without a body.
  Response assertNothing(int status) {
    assertThat(status()).as(body()).isEqualTo(status);
    assertThat(body()).isEmpty();
    return this;
  }
}
