package io.wishbone.signaling.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wishbone.signaling.SignalingConfig;
import io.wishbone.webrtc.uri.IceServerUri;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IceServersTest {

  private static final Instant NOW = Instant.ofEpochSecond(1_893_456_000L - 3600);
  private static final Duration HOUR = Duration.ofHours(1);

  /// Settings as somebody might write them.
  private record Turn(
      Optional<String> username, Optional<String> credential, Optional<String> secret, Duration ttl)
      implements SignalingConfig.Turn {}

  @Test
  @DisplayName("W48: credentials of coturn's shared-secret scheme, as OpenSSL computes them")
  void makesCredentialsThatCoturnAccepts() {
    // printf '1893456000:alice' | openssl dgst -sha1 -hmac north -binary | base64
    assertThat(links("turn:turn.example.org:3478?transport=udp", secret("north"), "alice"))
        .containsExactly(
            "<turn:turn.example.org:3478?transport=udp>; rel=\"ice-server\";"
                + " username=\"1893456000:alice\"; credential=\"MME/7rvfb/gOjpkB59+7AxlCLvk=\"");
  }

  @Test
  void hasOneLinkForEachServer() {
    var turn = new Turn(Optional.of("user"), Optional.of("pass:word="), Optional.empty(), HOUR);
    assertThat(
            links("stun:stun.example.org,turn:[2001:db8::1]:3478,turns:t.example.org", turn, "x"))
        .containsExactly(
            "<stun:stun.example.org>; rel=\"ice-server\"",
            "<turn:[2001:db8::1]:3478>; rel=\"ice-server\"; username=\"user\";"
                + " credential=\"pass:word=\"",
            "<turns:t.example.org>; rel=\"ice-server\"; username=\"user\";"
                + " credential=\"pass:word=\"");
  }

  @Test
  void tellsOfNothingWhenNothingIsSet() {
    assertThat(new IceServers(List.of(), secret("north"), () -> NOW).links("x")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a, b", "x\"; rel=\"y", "ümlaut", "a\r\nSet-Cookie: b", "", "a:b"})
  void letsNothingOfAStrangeSubjectIntoAHeader(String subject) {
    String link = links("turn:t.example.org", secret("north"), subject).getFirst();
    assertThat(link)
        .matches(
            "<turn:t\\.example\\.org>; rel=\"ice-server\";"
                + " username=\"1893456000:[A-Za-z0-9_-]{27}\"; credential=\"[A-Za-z0-9+/=]{28}\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "user |      |       | set together",
        "     | word |       | set together",
        "user | word | north | one or the other",
        "user | a,b  |       | some clients misread",
        "user | a;b  |       | some clients misread",
        "user | a b  |       | some clients misread",
        "user | a\"b |       | some clients misread",
        "us;r | word |       | some clients misread",
        "     |      |       | TURN servers need wishbone.turn.secret",
      })
  void refusesToStartWithCredentialsThatDoNotWork(
      @Nullable String username,
      @Nullable String credential,
      @Nullable String secret,
      String reason) {
    var turn =
        new Turn(
            Optional.ofNullable(username),
            Optional.ofNullable(credential),
            Optional.ofNullable(secret),
            HOUR);
    assertThatThrownBy(() -> links("turn:t.example.org", turn, "x")).hasMessageContaining(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stun:stun.example.org",
        "stun:192.0.2.1:3478",
        "stuns:[2001:db8::1]:5349",
        "turn:t",
        "turn:turn.example.org:3478?transport=udp",
        "turns:turn.example.org:443?transport=tcp"
      })
  void knowsServers(String uri) {
    assertThat(IceServerUri.isValid(uri)).isTrue();
    assertThat(IceServerUri.parse(uri).text()).isEqualTo(uri);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "stun.example.org",
        "http://stun.example.org",
        "stun://stun.example.org",
        "stun:",
        "stun:a b",
        "stun:host:0",
        "stun:host:65536",
        "stun:host?transport=udp",
        "turn:host?transport=sctp",
        "turn:user@host",
        "turn:host>",
        "turn:host,turn:host"
      })
  void knowsWhatIsNoServer(String uri) {
    assertThat(IceServerUri.isValid(uri)).isFalse();
    assertThatThrownBy(() -> IceServerUri.parse(uri)).hasMessageContaining(uri);
  }

  private static Turn secret(String secret) {
    return new Turn(Optional.empty(), Optional.empty(), Optional.of(secret), HOUR);
  }

  private static List<String> links(String servers, Turn turn, String user) {
    InstantSource clock = () -> NOW;
    return new IceServers(List.of(servers.split(",")), turn, clock).links(user);
  }
}
