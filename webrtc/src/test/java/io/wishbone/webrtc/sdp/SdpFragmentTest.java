package io.wishbone.webrtc.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SdpFragmentTest {
  private static final IceCredentials CREDENTIALS =
      new IceCredentials("EsAw", "P2uYro0UCOQ4zxjKXaWCBui1");
  private static final String CANDIDATE =
      "a=candidate:1387637174 1 udp 2122260223 192.0.2.1 61764 typ host generation 0 ufrag EsAw\r\n";

  @Test
  void readsTheExampleOfTheRfc() throws SdpParseException {
    SdpFragment fragment =
        SdpFragment.parse(
            """
            a=ice-options:trickle ice2
            a=group:BUNDLE 0 1
            m=audio 9 UDP/TLS/RTP/SAVPF 111
            a=mid:0
            a=ice-ufrag:EsAw
            a=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1
            a=candidate:1387637174 1 udp 2122260223 192.0.2.1 61764 typ host generation 0 ufrag EsAw
            a=end-of-candidates
            """);

    assertThat(fragment)
        .isEqualTo(
            SdpFragment.of(
                    CREDENTIALS,
                    new MediaTag("audio", "0"),
                    List.of(
                        IceCandidate.parse(
                            CANDIDATE.substring("a=candidate:".length()).stripTrailing())))
                .withIceOptions(List.of("trickle", "ice2"))
                .withEndOfCandidates());
    assertThat(fragment.candidates().getFirst().usernameFragment()).isEqualTo("EsAw");
  }

  /// As medooze's client asks for an ICE restart.
  @Test
  void readsCredentialsWithoutASection() throws SdpParseException {
    SdpFragment fragment =
        SdpFragment.parse("a=ice-ufrag:EsAw\r\na=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1\r\n");

    assertThat(fragment.credentials()).isEqualTo(CREDENTIALS);
    assertThat(fragment.tag()).isNull();
    assertThat(fragment.candidates()).isEmpty();
  }

  @Test
  void readsCandidatesWithoutASection() throws SdpParseException {
    SdpFragment fragment = SdpFragment.parse(CANDIDATE + "a=end-of-candidates");

    assertThat(fragment.credentials()).isNull();
    assertThat(fragment.candidates()).hasSize(1);
    assertThat(fragment.endOfCandidates()).isTrue();
  }

  /// Eyevinn's client repeats each candidate for every mid, always as audio and with component 0.
  @Test
  void keepsARepeatedCandidateOnce() throws SdpParseException {
    String candidate = "a=candidate:1 0 udp 2122260223 192.0.2.1 61764 typ host\r\n";
    SdpFragment fragment =
        SdpFragment.parse(
            "m=audio 9 RTP/AVP 0\r\na=mid:0\r\n"
                + candidate
                + "m=audio 9 RTP/AVP 0\r\na=mid:1\r\n"
                + candidate);

    assertThat(fragment.tag()).isEqualTo(new MediaTag("audio", "0"));
    assertThat(fragment.candidates()).hasSize(1);
    assertThat(fragment.candidates().getFirst().component()).isZero();
  }

  @Test
  void passesOverTheLinesOfAWholeDescription() throws SdpParseException {
    for (String name : RealClients.DESCRIPTIONS) {
      SdpFragment fragment = SdpFragment.parse(RealClients.text(name));
      MediaDescription first = RealClients.offer(name).media().getFirst();

      assertThat(fragment.credentials()).isEqualTo(first.iceCredentials());
      assertThat(fragment.candidates()).containsAll(first.candidates());
      assertThat(fragment.tag()).isEqualTo(new MediaTag(first.kindText(), first.mid()));
    }
  }

  @Test
  void keepsWhatItCannotUse() throws SdpParseException {
    SdpFragment fragment =
        SdpFragment.parse(
            "a=candidate:1 1 udp 1 host.example.org 1 typ host\r\n"
                + "a=candidate:2 1 quic 1 192.0.2.1 1 typ host\r\n"
                + "a=candidate:3 999 udp 1 fe80::1%eth0 1 typ none\r\n"
                + "a=candidate:4 1 tcp 1 192.0.2.1 9 typ host tcptype active odd\r\n");

    assertThat(fragment.candidates()).hasSize(4);
    assertThat(fragment.candidates())
        .extracting(IceCandidate::socketAddress)
        .satisfies(addresses -> assertThat(addresses.get(0)).isNull())
        .satisfies(addresses -> assertThat(addresses.get(2)).isNull());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=end-of-candidates", "a=candidate:", "a="})
  void takesTheEmptyCandidateOfJavaScriptForTheEnd(String line) throws SdpParseException {
    assertThat(SdpFragment.parse("a=mid:0\r\n" + line + "\r\n").endOfCandidates()).isTrue();
  }

  @Test
  void understandsAPrefixThatIsGivenTwice() throws SdpParseException {
    assertThat(
            SdpFragment.parse("a=candidate:candidate:1 1 udp 1 192.0.2.1 5 typ host").candidates())
        .containsExactly(new IceCandidate("1", 1, "udp", 1, "192.0.2.1", 5, "host"));
  }

  @Test
  void keepsHalfOfTheCredentials() throws SdpParseException {
    SdpFragment fragment = SdpFragment.parse("a=ice-ufrag:EsAw\r\n");

    assertThat(fragment.usernameFragment()).isEqualTo("EsAw");
    assertThat(fragment.password()).isNull();
    assertThat(fragment.credentials()).isNull();
  }

  @Test
  void writesTheAnswerToARestart() throws SdpParseException {
    SdpFragment answer =
        SdpFragment.of(
                CREDENTIALS,
                new MediaTag("audio", "0"),
                List.of(new IceCandidate("1", 1, "udp", 2130706431, "192.0.2.1", 9400, "host")))
            .withIceLite()
            .withIceOptions(List.of("trickle", "ice2"))
            .withEndOfCandidates();

    assertThat(answer.write())
        .isEqualTo(
            """
            a=ice-lite
            a=ice-options:trickle ice2
            m=audio 9 UDP/TLS/RTP/SAVPF 0
            a=mid:0
            a=ice-ufrag:EsAw
            a=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1
            a=candidate:1 1 udp 2130706431 192.0.2.1 9400 typ host
            a=end-of-candidates
            """
                .replace("\n", "\r\n"));
    assertThat(SdpFragment.parse(answer.write())).isEqualTo(answer);
  }

  @Test
  void keepsThePasswordOutOfLogs() {
    assertThat(SdpFragment.of(CREDENTIALS, null, List.of()).toString())
        .contains("EsAw")
        .doesNotContain(CREDENTIALS.password());
    assertThat(CREDENTIALS.toString()).doesNotContain(CREDENTIALS.password());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                | line 1: the fragment is empty",
        "{\"candidate\":1}                 | line 1: the line does not begin with a small letter and '='",
        "q=1                               | line 1: q= is not a line of SDP",
        "m=                                | line 1: m= is empty",
        "a=candidate:1 1 udp               | line 1: a=candidate lacks some of its eight parts",
        "a=ice-ufrag:abc                   | line 1: a=ice-ufrag is shorter than 4 characters",
        "a=ice-ufrag                       | line 1: a=ice-ufrag has no value",
        "a=ice-pacing:x                    | line 1: a=ice-pacing 'x' is not a number from 0 to 2147483647",
        "a=ice-options:(                   | line 1: ICE option '(' is not a token",
        "a=ice-ufrag:abcd;a=ice-ufrag:efgh | line 2: a=ice-ufrag differs from the one before",
      })
  void namesTheLineAndTheFault(String lines, String message) {
    assertThatThrownBy(() -> SdpFragment.parse(lines.replace(";", "\r\n")))
        .isInstanceOf(SdpParseException.class)
        .hasMessage(message);
  }

  @Test
  void passesOverCandidatesFromTheSixtyFifthOn() throws SdpParseException {
    StringBuilder candidates = new StringBuilder();
    for (int port = 1; port <= 1000; port++) {
      candidates.append("a=candidate:1 1 udp 1 192.0.2.1 ").append(port).append(" typ host\r\n");
    }

    SdpFragment fragment = SdpFragment.parse(candidates + "a=end-of-candidates\r\n");

    assertThat(fragment.candidates()).hasSize(64);
    assertThat(fragment.candidates().getLast().port()).isEqualTo(64);
    assertThat(fragment.endOfCandidates()).isTrue();
  }

  @Test
  void refusesTooMuchOfAnything() {
    assertThatThrownBy(() -> SdpFragment.parse("m=audio 9 RTP/AVP 0\n".repeat(17)))
        .hasMessage("line 17: there are more than 16 m= lines");
    assertThatThrownBy(() -> SdpFragment.parse("a=ice-options:a b c d e f g h i j k l m n o p q"))
        .hasMessage("line 1: there are more than 16 ICE options");
    assertThatThrownBy(() -> SdpFragment.parse("a=x\n".repeat(20_000)))
        .hasMessage("line 1: the text is longer than 65536");
  }
}
