package io.wishbone.webrtc.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MediaDescriptionBuilderTest {

  @Test
  void writesAnAnswerLineByLine() throws SdpParseException {
    MediaDescription video =
        MediaDescription.builder("video", 9, "UDP/TLS/RTP/SAVPF")
            .connection("2001:db8::1")
            .rtpMap(new RtpMap(96, "VP8", 90000, 1))
            .with(new RtcpFeedback(96, "nack", "pli"))
            .rtpMap(new RtpMap(97, "rtx", 90000, 1))
            .fmtp(97, FormatParameters.of("apt", "96"))
            .fmtp(96, FormatParameters.NONE)
            .mid("1")
            .with(Direction.RECVONLY)
            .flag("rtcp-mux")
            .with(SetupRole.PASSIVE)
            .iceCredentials(new IceCredentials("abcd", "abcdefghijklmnopqrstuv"))
            .with(Fingerprint.of("SHA-1", new byte[20]))
            .with(new IceCandidate("1", 1, "udp", 2130706431, "2001:db8::1", 9400, "host"))
            .flag("end-of-candidates")
            .with(new RidDescription("h", RidDirection.RECV))
            .with(new SimulcastDescription(List.of(), List.of(SimulcastStream.of("h"))))
            .build();
    SessionDescription answer =
        SessionDescription.of(
            Origin.of(42),
            List.of(MediaGroup.bundle(List.of("1")).attribute(), Attribute.flag("ice-lite")),
            List.of(video));

    assertThat(answer.write())
        .isEqualTo(
            """
            v=0
            o=- 42 1 IN IP4 127.0.0.1
            s=-
            t=0 0
            a=group:BUNDLE 1
            a=ice-lite
            m=video 9 UDP/TLS/RTP/SAVPF 96 97
            c=IN IP6 2001:db8::1
            a=rtpmap:96 VP8/90000
            a=rtcp-fb:96 nack pli
            a=rtpmap:97 rtx/90000
            a=fmtp:97 apt=96
            a=mid:1
            a=recvonly
            a=rtcp-mux
            a=setup:passive
            a=ice-ufrag:abcd
            a=ice-pwd:abcdefghijklmnopqrstuv
            a=fingerprint:sha-1 00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00
            a=candidate:1 1 udp 2130706431 2001:db8::1 9400 typ host
            a=end-of-candidates
            a=rid:h recv
            a=simulcast:recv h
            """
                .replace("\n", "\r\n"));
    assertThat(SessionDescription.parse(answer.write())).isEqualTo(answer);
    assertThat(answer).hasToString(answer.write());
  }

  static List<ThrowingCallable> injections() {
    String evil = "a\r\na=ice-lite";
    return List.of(
        () -> new Attribute("x", evil),
        () -> new Attribute(evil, null),
        () -> new Attribute("mid", evil),
        () -> new Field('c', evil),
        () -> new Field('\n', "x"),
        () -> Field.connection(evil),
        () -> new Origin(evil, "1", "1", "IN", "IP4", "127.0.0.1"),
        () -> new Origin("-", "1", "1", "IN", "IP4", evil),
        () -> new SessionDescription(Origin.of(1), evil, List.of(), List.of(), List.of()),
        () -> MediaDescription.builder(evil, 9, "RTP/AVP").format("0").build(),
        () -> MediaDescription.builder("audio", 9, evil).format("0").build(),
        () -> MediaDescription.builder("audio", 9, "RTP/AVP").format(evil).build(),
        () -> MediaDescription.builder("audio", 9, "DTLS/SCTP").format(evil).build(),
        () -> MediaDescription.builder("audio", 9, "RTP/AVP").mid(evil),
        () -> new Msid(evil, null),
        () -> new Msid("a", evil),
        () -> new MediaGroup("BUNDLE", List.of(evil)),
        () -> new MediaTag("audio", evil),
        () -> new MediaTag(evil, null),
        () -> new IceCredentials(evil, "abcdefghijklmnopqrstuv"),
        () -> new IceCredentials("abcd", "abcdefghijklmnopqrstuv\r\n"),
        () -> new IceCandidate("1", 1, "udp", 1, evil, 1, "host"),
        () -> new IceCandidate(evil, 1, "udp", 1, "1.2.3.4", 1, "host"),
        () -> new IceCandidate.Extension("ufrag", evil),
        () -> new Fingerprint("sha-1\n", "00"),
        () -> new Fingerprint("x", "00\n"),
        () -> new RtpMap(96, evil, 1, 1),
        () -> new RtcpFeedback(96, "nack", evil),
        () -> new RtcpFeedback(96, evil, null),
        () -> new ExtensionMap(1, evil),
        () -> new ExtensionMap(1, null, "urn:a", evil),
        () -> new FormatParameters(evil),
        () -> FormatParameters.of("a", evil),
        () -> new SsrcAttribute(1, "cname", evil),
        () -> new SsrcAttribute(1, evil, null),
        () -> new SsrcGroup(evil, List.of()),
        () -> new RidDescription(evil, RidDirection.SEND),
        () -> SimulcastStream.of(evil),
        () -> new SdpFragment(null, null, false, List.of(evil), null, null, List.of(), false),
        () -> new SdpFragment(null, null, false, List.of(), evil, null, List.of(), false),
        () -> new SdpFragment(evil, null, false, List.of(), null, null, List.of(), false),
        () -> new SdpFragment(null, evil, false, List.of(), null, null, List.of(), false));
  }

  @ParameterizedTest
  @MethodSource("injections")
  void refusesValuesThatWouldBeginANewLine(ThrowingCallable injection) {
    assertThatThrownBy(injection)
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .matches("\\P{Cntrl}+");
  }
}
