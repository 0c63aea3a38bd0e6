package io.wishbone.app.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestLabelsTest {

  @ParameterizedTest
  @CsvSource({
    "http.server.requests, PUT, /whip/resource/44xv7aak4e2Ov-uOajQX5D6M, PUT, OTHER",
    "http.server.requests, GET, //whip/resource/44xv7aak4e2Ov-uOajQX5D6M, GET, OTHER",
    "http.server.requests, GET, /js/../whip/resource/44xv7aak4, GET, OTHER",
    "http.server.requests, BREW, /q/metrics, OTHER, /q/metrics",
    "http.server.requests, PATCH, /whip/resource/{id}, PATCH, /whip/resource/{id}",
    "http.server.requests, POST, /whep/endpoint/{stream}, POST, /whep/endpoint/{stream}",
    "http.server.requests, GET, /js/main.js, GET, /js/main.js",
    "other, BREW, /x, BREW, /x"
  })
  void keepsKnownLabelsOnly(String meter, String method, String uri, String kept, String keptUri) {
    var registry = new SimpleMeterRegistry();
    registry.config().meterFilter(new RequestLabels());

    var id = registry.timer(meter, "method", method, "uri", uri).getId();

    assertThat(id.getTag("method")).isEqualTo(kept);
    assertThat(id.getTag("uri")).isEqualTo(keptUri);
  }
}
