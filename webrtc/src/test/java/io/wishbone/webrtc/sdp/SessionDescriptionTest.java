package io.wishbone.webrtc.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionDescriptionTest {
  private static final String HEAD = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n";
  private static final String AUDIO = "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n";

  @Test
  void readsTheLinesInAnyOrderWithinTheirLevel() throws SdpParseException {
    SessionDescription description =
        SessionDescription.parse(
            "v=0\na=ice-lite\nt=0 0\ns=-\no=- 1 1 IN IP4 127.0.0.1\nc=IN IP4 0.0.0.0\n");

    assertThat(description.iceLite()).isTrue();
    assertThat(description.write()).isEqualTo(HEAD + "c=IN IP4 0.0.0.0\r\na=ice-lite\r\n");
  }

  @Test
  void readsATextWithoutAnEndOfTheLastLineOrWithBlankLinesThere() throws SdpParseException {
    String text = HEAD + "a=msid-semantic: WMS ";

    assertThat(SessionDescription.parse(text).write()).isEqualTo(text + "\r\n");
    assertThat(SessionDescription.parse(text + "\r\n\r\n  \n").write()).isEqualTo(text + "\r\n");
  }

  @Test
  void inheritsHeaderExtensionsUnlessTheSectionHasItsOwn() throws SdpParseException {
    SessionDescription description =
        SessionDescription.parse(
            HEAD
                + "a=extmap:1 urn:a\r\n"
                + AUDIO
                + "a=mid:0\r\n"
                + AUDIO
                + "a=mid:1\r\na=extmap:2 urn:b\r\n");

    assertThat(description.media("0").extensionMaps())
        .containsExactly(new ExtensionMap(1, "urn:a"));
    assertThat(description.media("1").extensionMaps())
        .containsExactly(new ExtensionMap(2, "urn:b"));
    assertThat(description.media("2")).isNull();
  }

  @Test
  void takesTheDirectionOfTheSessionElseBothWays() throws SdpParseException {
    assertThat(section("").direction()).isEqualTo(Direction.SENDRECV);
    assertThat(SessionDescription.parse(HEAD + "a=recvonly\r\n" + AUDIO).media())
        .extracting(MediaDescription::direction)
        .containsExactly(Direction.RECVONLY);
  }

  @Test
  void needsBothHalvesOfTheCredentials() throws SdpParseException {
    assertThat(section("a=ice-ufrag:abcd\r\n").iceCredentials()).isNull();
    assertThat(section("a=ice-pwd:abcdefghijklmnopqrstuv\r\n").iceCredentials()).isNull();
  }

  @Test
  void appliesFeedbackForEveryPayloadTypeToEach() throws SdpParseException {
    MediaDescription section = section("a=rtcp-fb:* nack pli\r\na=rtcp-fb:111 nack pli\r\n");

    assertThat(section.rtcpFeedback(111)).containsExactly(new RtcpFeedback(111, "nack", "pli"));
    assertThat(section.rtcpFeedback(111).getFirst().is("nack", "pli")).isTrue();
    assertThat(section.rtcpFeedback(111).getFirst().is("nack", null)).isFalse();
  }

  @Test
  void knowsTheStaticPayloadTypes() throws SdpParseException {
    MediaDescription section =
        SessionDescription.parse(HEAD + "m=audio 9 UDP/TLS/RTP/SAVPF 0 8 9 3\r\n")
            .media()
            .getFirst();

    assertThat(section.rtpMaps())
        .containsExactly(
            new RtpMap(0, "PCMU", 8000, 1),
            new RtpMap(8, "PCMA", 8000, 1),
            new RtpMap(9, "G722", 8000, 1));
  }

  @Test
  void takesPortZeroForARejectionUnlessBundled() throws SdpParseException {
    SessionDescription description =
        SessionDescription.parse(
            HEAD
                + "m=audio 0 UDP/TLS/RTP/SAVPF 111\r\n"
                + "m=video 0 UDP/TLS/RTP/SAVPF 96\r\na=bundle-only\r\n"
                + "m=video 0 UDP/TLS/RTP/SAVPF\r\n");

    assertThat(description.media())
        .extracting(MediaDescription::isRejected)
        .containsExactly(true, false, true);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a=rid:a send\r\na=simulcast:send a;b\r\n",
        "a=rid:a send\r\na=rid:b recv\r\na=simulcast:send a;b\r\n",
        "a=rid:a send\r\na=simulcast:send a\r\na=simulcast:send a\r\n",
        "a=rid:a send\r\na=simulcast\r\n",
        "a=rid:a send\r\na=simulcast:send\r\n",
        "a=rid:a send\r\na=simulcast:send a;;\r\n",
        "a=rid:a send\r\na=simulcast:send a send a\r\n",
        "a=rid:a$ send\r\na=rid:a\r\na=rid:a both\r\na=rid:a send pt=900\r\na=simulcast:send a\r\n"
      })
  void ignoresASimulcastThatMakesNoSense(String lines) throws SdpParseException {
    assertThat(section(lines).simulcast()).isNull();
  }

  @Test
  void ignoresAnMsidThatMakesNoSense() throws SdpParseException {
    assertThat(section("a=msid:a b c\r\na=msid\r\n").msid()).isNull();
    assertThat(section("a=msid:\u00e9\r\na=ssrc:1 msid:\u00e9\r\na=ssrc:1 msid:s t\r\n").msid())
        .isEqualTo(new Msid("s", "t"));
    assertThat(section("a=msid:-\r\n").msid()).isEqualTo(new Msid(Msid.NO_STREAM, null));
  }

  @Test
  void readsAlternativesPausesAndRestrictions() throws SdpParseException {
    MediaDescription section =
        section(
            "a=rid:a send pt=111,112;max-width=1280\r\na=rid:b send\r\na=rid:c recv\r\n"
                + "a=simulcast: send a,~b recv c\r\n");

    assertThat(section.rids().getFirst())
        .isEqualTo(
            new RidDescription(
                "a",
                RidDirection.SEND,
                List.of(111, 112),
                FormatParameters.of("max-width", "1280")));
    SimulcastDescription simulcast = section.simulcast();
    assertThat(simulcast.streams(RidDirection.SEND))
        .containsExactly(
            new SimulcastStream(
                List.of(
                    new SimulcastStream.Alternative("a", false),
                    new SimulcastStream.Alternative("b", true))));
    assertThat(simulcast.streams(RidDirection.RECV)).containsExactly(SimulcastStream.of("c"));
    assertThat(simulcast.attribute()).hasToString("a=simulcast:send a,~b recv c");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "o=- 1 1 IN IP4 127.0.0.1          | 5 | o= may only stand once, at session level",
        "v=0                               | 5 | v= may only stand in the first line",
        "x=1                               | 5 | x= may not stand at session level",
        "m=audio 9 UDP/TLS/RTP/SAVPF       | 5 | m= has no format",
        "m=audio 9                         | 5 | m= is not a kind, a port, a protocol and formats",
        "m=audio 65536 RTP/AVP 0           | 5 | port '65536' is not a number from 0 to 65535",
        "m=audio -1 RTP/AVP 0              | 5 | port '-1' is not a number from 0 to 65535",
        "m=audio 9/2 RTP/AVP 0             | 5 | port '9/2' is not a number from 0 to 65535",
        "m=audio 9 RTP/AVP 128             | 5 | payload type '128' is not a number from 0 to 127",
        "m=audio 9 RTP/AVP x               | 5 | payload type 'x' is not a number from 0 to 127",
        "m=audio 9 RTP//AVP 0              | 5 | protocol is empty",
        "a=rtpmap:128 opus/48000           | 5 | payload type '128' is not a number from 0 to 127",
        "a=rtpmap:96 VP8                   | 5 | a=rtpmap lacks a clock rate",
        "a=rtpmap:96                       | 5 | a=rtpmap is not a payload type and an encoding",
        "a=rtpmap:96 VP8/0                 | 5 | clock rate '0' is not a number from 1 to 2147483647",
        "a=rtpmap                          | 5 | a=rtpmap has no value",
        "a=fmtp:300 a=b                    | 5 | payload type '300' is not a number from 0 to 127",
        "a=rtcp-fb:128 nack                | 5 | payload type '128' is not a number from 0 to 127",
        "a=rtcp-fb:96                      | 5 | a=rtcp-fb is not a payload type and a feedback type",
        "a=extmap:0 urn:a                  | 5 | header extension id '0' is not a number from 1 to 4351",
        "a=extmap:300 urn:a                | 5 | header extension id 300 is not from 1 to 255",
        "a=extmap:1/up urn:a               | 5 | a=extmap has an unknown direction",
        "a=ice-ufrag:abc                   | 5 | a=ice-ufrag is shorter than 4 characters",
        "a=ice-ufrag:ab:d                  | 5 | a=ice-ufrag has a character that ICE does not allow",
        "a=ice-pwd:abcdefghijklmnopqrstu   | 5 | a=ice-pwd is shorter than 22 characters",
        "a=setup:both                      | 5 | a=setup is neither actpass, active, passive nor holdconn",
        "a=fingerprint:sha-256 AA:BB       | 5 | a=fingerprint has 2 bytes where sha-256 has 32",
        "a=fingerprint:x AAA               | 5 | a=fingerprint is not pairs of digits between colons",
        "a=fingerprint:x AA:               | 5 | a=fingerprint is not pairs of digits between colons",
        "a=fingerprint:x GG                | 5 | a=fingerprint is not pairs of digits between colons",
        "a=fingerprint:x                   | 5 | a=fingerprint is not a hash function and a hash",
        "a=candidate:1 1 udp 1 1.2.3.4 5   | 5 | a=candidate lacks some of its eight parts",
        "a=candidate:1 1 udp 1 a 70000 typ host | 5 | candidate port '70000' is not a number from 0 to 65535",
        "a=ssrc:4294967296 cname:a         | 5 | SSRC '4294967296' is not a number from 0 to 4294967295",
        "a=ssrc:1                          | 5 | a=ssrc says nothing of its SSRC",
        "a=ssrc-group:FID 1 x              | 5 | SSRC 'x' is not a number from 0 to 4294967295",
        "a=mid:a b                         | 5 | mid 'a b' is not a token",
        "a=:x                              | 5 | attribute name is empty",
        "a=x y                             | 5 | attribute name 'x y' is not a token",
        "a                                 | 5 | the line does not begin with a small letter and '='",
        "candidate:1 1 udp 1 1.2.3.4 5 typ host | 5 | the line does not begin with a small letter and '='",
      })
  void namesTheLineAndTheFault(String line, int number, String reason) {
    assertThatThrownBy(() -> SessionDescription.parse(HEAD + line + "\r\n" + AUDIO))
        .isInstanceOf(SdpParseException.class)
        .hasMessage("line " + number + ": " + reason)
        .extracting(e -> ((SdpParseException) e).line())
        .isEqualTo(number);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                               | line 1: a description begins with v=0",
        "s=-                              | line 1: a description begins with v=0",
        "v=1                              | line 1: the version is not 0",
        "v=0                              | line 1: the description ends without o=",
        "v=0;o=- 1 1 IN IP4 127.0.0.1     | line 2: the description ends without s=",
        "v=0;o=- 1 1 IN IP4 127.0.0.1;s=- | line 3: t= is missing",
        "v=0;o=- 1 1 IN IP4               | line 2: o= does not have six parts",
        "v=0;;o=- 1 1 IN IP4 127.0.0.1    | line 2: the line does not begin with a small letter and '='",
      })
  void refusesADescriptionThatLacksItsHead(String lines, String message) {
    assertThatThrownBy(() -> SessionDescription.parse(lines.replace(";", "\r\n")))
        .isInstanceOf(SdpParseException.class)
        .hasMessage(message);
  }

  @Test
  void refusesSectionsOfTheSameMid() {
    refused(
        AUDIO + "a=mid:a\r\n" + AUDIO + "a=mid:a\r\n", "line 8: another section has the mid 'a'");
    refused(AUDIO + "a=mid:a\r\na=mid:b\r\n", "line 7: the section has a mid already");
  }

  @Test
  void refusesWhatMayNotStandInASection() {
    refused(AUDIO + "t=0 0\r\n", "line 6: t= may not stand in a media section");
    refused(AUDIO + "s=-\r\n", "line 6: s= may only stand once, at session level");
  }

  @Test
  void refusesTooMuchOfAnything() {
    refused("a=" + "x".repeat(4095) + "\r\n", "line 5: the line is longer than 4096");
    refused("a=x\r\n".repeat(14_000), "line 1: the text is longer than 65536");
    refused(AUDIO.repeat(17), "line 21: there are more than 16 m= lines");
    refused(
        AUDIO + "a=candidate:1 1 udp 1 1.2.3.4 5 typ host\r\n".repeat(65),
        "line 70: there are more than 64 candidates in a section");
    refused(
        "a=candidate:1 1 udp 1 1.2.3.4 5 typ host\r\n".repeat(65),
        "line 69: there are more than 64 candidates in a section");
    refused(
        "m=audio 9 RTP/AVP " + "0 ".repeat(129) + "\r\n", "line 5: m= has more than 128 formats");
    refused("a=mid:" + "x".repeat(65) + "\r\n", "line 5: mid is longer than 64 characters");
    refused(
        "a=ice-ufrag:" + "x".repeat(257) + "\r\n",
        "line 5: a=ice-ufrag is longer than 256 characters");
  }

  @Test
  void acceptsAsMuchAsIsAllowed() throws SdpParseException {
    String formats =
        IntStream.range(0, 128).mapToObj(Integer::toString).collect(Collectors.joining(" "));
    String candidates = "a=candidate:1 1 udp 1 1.2.3.4 5 typ host\r\n".repeat(64);
    SessionDescription description =
        SessionDescription.parse(
            HEAD + ("m=audio 9 UDP/TLS/RTP/SAVPF " + formats + "\r\n" + candidates).repeat(16));

    assertThat(description.media())
        .hasSize(16)
        .allMatch(section -> section.payloadTypes().size() == 128)
        .allMatch(section -> section.candidates().size() == 64);
  }

  @ParameterizedTest
  @ValueSource(chars = {'\0', '\u0001', '\t', '\u001b', '\r', '\u007f', '\u0085', '\u009b'})
  void refusesControlCharactersAndDoesNotEchoThem(char control) {
    for (String line : List.of("a=x:" + control + "y", "s" + control, "a=mid:a" + control + "b")) {
      assertThatThrownBy(() -> SessionDescription.parse(HEAD + line + "\r\n"))
          .hasMessage("line 5: the line has a control character");
    }
  }

  @Test
  void showsStrangeTextInItsMessagesWithoutHarm() {
    refused(
        "a=mid:" + "\u202e\u00e9x".repeat(20) + "\r\n",
        "line 5: mid '" + "??x".repeat(13) + "?…' is not a token");
  }

  @Test
  void refusesToBeBuiltWithTheSameMidTwice() {
    MediaDescription section =
        MediaDescription.builder("audio", 9, "UDP/TLS/RTP/SAVPF").format("0").mid("a").build();

    assertThatThrownBy(
            () -> SessionDescription.of(Origin.of(1), List.of(), List.of(section, section)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("two sections have the mid 'a'");
  }

  private static MediaDescription section(String lines) throws SdpParseException {
    return SessionDescription.parse(HEAD + AUDIO + lines).media().getFirst();
  }

  private static void refused(String lines, String message) {
    assertThatThrownBy(() -> SessionDescription.parse(HEAD + lines))
        .isInstanceOf(SdpParseException.class)
        .hasMessage(message);
  }
}
