package io.wishbone.signaling.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// With which settings the server starts, and what it says of them.
class TokenVerifierStartTest {

  @Test
  void warnsWhenWhoeverHasATokenOfTheIssuerComesIn() {
    try (var issuer = new Issuer()) {
      assertThat(warnings(issuer.name(), null)).singleElement().asString().contains("jwt.audience");
      assertThat(warnings(null, issuer.url("/jwks")))
          .singleElement()
          .asString()
          .contains("wishbone.jwt.audience is not set");
      assertThat(warnings(issuer.name(), null, "jwt.audience", "wishbone")).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://",
        "https:///jwks",
        "https://keys example.org/",
        "http://keys.example.org/a b",
        "https://keys_example/",
        "https://keys.example.org:99999/",
        "HTTPS://[::1/jwks"
      })
  void doesNotStartWithAMalformedAddress(String address) {
    assertThatThrownBy(() -> TokenVerifier.of(AuthSettings.of("jwt.key-location", address).jwt()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("wishbone.jwt.key-location begins like a URL, but is malformed");
    assertThatThrownBy(() -> TokenVerifier.of(AuthSettings.of("jwt.issuer", address).jwt()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("wishbone.jwt.issuer begins like a URL, but is malformed");
  }

  /// What the log says at start that is not about reading the keys.
  private static List<String> warnings(
      @Nullable String issuer, @Nullable String keys, String... more) {
    List<String> pairs = new ArrayList<>(List.of(more));
    pairs.addAll(issuer == null ? List.of() : List.of("jwt.issuer", issuer));
    pairs.addAll(keys == null ? List.of() : List.of("jwt.key-location", keys));
    List<String> lines = new CopyOnWriteArrayList<>();
    var reader =
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            lines.add(ExtLogRecord.wrap(record).getFormattedMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger log = Logger.getLogger(TokenVerifier.class.getName());
    log.addHandler(reader);
    try {
      TokenVerifier.of(AuthSettings.of(pairs.toArray(String[]::new)).jwt());
    } finally {
      log.removeHandler(reader);
    }
    return lines;
  }

  @Test
  void doesNotStartWithoutKeys() {
    for (TokenAlgorithm algorithm : TokenAlgorithm.values()) {
      assertThatThrownBy(() ->
              TokenVerifier.of(
                  AuthSettings.of("jwt.algorithm", algorithm.name().toLowerCase(Locale.ROOT))
                      .jwt()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("wishbone.jwt");
    }
  }
}
