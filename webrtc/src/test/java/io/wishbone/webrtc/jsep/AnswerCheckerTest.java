package io.wishbone.webrtc.jsep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each fault is found, and found for what it is.
class AnswerCheckerTest {

  @Test
  void findsNothingWrongWithGoodAnswers() {
    assertThat(JsepExample.publisher().violations()).isEmpty();
    assertThat(JsepExample.viewer().violations()).isEmpty();
  }

  @Test
  void findsNothingWrongWithASectionRejectedToAViewer() {
    JsepExample good = JsepExample.viewer();
    String rejected =
        good.answer().substring(0, good.answer().indexOf("m=video"))
            + "m=video 0 UDP/TLS/RTP/SAVPF 96\r\nc=IN IP4 0.0.0.0\r\na=mid:1\r\n";

    assertThat(
            new JsepExample(good.offer(), rejected.replace("BUNDLE 0 1", "BUNDLE 0"), good.kind())
                .violations())
        .isEmpty();
  }

  /// `\n` stands for CRLF.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "v=0                   | \\nv=0                | begins with v=0",
        "s=-                   | s=-\\n                | no line is empty",
        "o=- 4711              | o=Offerer 4711        | is o=",
        "s=-                   | s=FFmpegPublish       | s= is -",
        "t=0 0                 | t=0 1                 | t= is 0 0",
        "t=0 0                 | t=0 0\\nt=0 0         | one t= line",
        "a=ice-lite            | a=msid-semantic: WMS  | nothing of a=msid-semantic",
        "a=ice-lite            | a=setup:passive       | nothing of a=setup",
        "a=ice-lite            | a=x-nothing           | has a=ice-lite",
        "trickle ice2          | ice2                  | a=ice-options:trickle ice2",
        "c=IN IP4 0.0.0.0      | b=AS:100              | has one c= line",
        "a=mid:a               | a=mid:a\\na=mid:a     | once",
        "a=mid:a               | a=mid:b               | has its mid",
        "a=mid:a               | a=x-mid:a             | has its mid",
        "a=rtcp-mux            | a=rtcp-mux\\nc=IN IP4 0.0.0.0 | is in its place",
        "m=audio 9             | m=audio 0             | is rejected and has no a=ice-ufrag",
        "m=audio 9             | m=audio 40000         | has port 9",
        "m=audio 9             | m=video 9             | is m=audio",
        "m=application 0       | m=application 9       | is audio or video",
        "SAVPF 111             | SAVP 111              | repeats the protocol",
        "SAVPF 111             | SAVPF 111 112         | formats of the offer only",
        "SAVPF 111             | SAVPF 111 111         | each format once",
        "SAVPF 111             | SAVPF                 | has a format",
        "SAVPF 111             | SAVPF 111 0           | says once what 0 is",
        "SAVPF 102 103         | SAVPF 103             | a format with media",
        "SAVPF 102 103         | SAVPF 102             | of formats that it has, not of 103",
        "a=recvonly            | a=sendonly            | is recvonly",
        "a=recvonly            | a=sendonly            | sendonly answers sendonly",
        "a=recvonly            | a=inactive            | is recvonly",
        "a=recvonly            | a=recvonly\\na=inactive | has one direction",
        "a=rtcp-mux            | a=rtcp-mux\\na=bundle-only | no a=bundle-only",
        "a=rtcp-mux            | a=rtcp-mux\\na=rtcp-rsize | a=rtcp-rsize as in the offer",
        "a=rtcp-mux            | a=rtcp-mux\\na=ssrc:1 cname:x | announces no SSRC",
        "a=rtcp-mux            | a=rtcp-mux\\na=x-echo:1 | nothing of a=x-echo",
        "a=rtcp-mux            | a=rtcp-muxed          | has a=rtcp-mux",
        "a=rtcp-mux-only       | a=rtcp-muxed          | has a=rtcp-mux-only",
        "BUNDLE v a            | BUNDLE a v            | the tagged section",
        "BUNDLE v a            | BUNDLE v a d          | accepted sections only",
        "BUNDLE v a            | BUNDLE v              | is in the BUNDLE group",
        "BUNDLE v a            | BUNDLE v a a          | each mid once",
        "BUNDLE v a            | BUNDLE v x            | part of one of the offer's",
        "group:BUNDLE v a      | group:LS v a          | all sections are bundled",
        "group:BUNDLE v a      | group:BUNDLE v a\\na=group:LS v a | no other group",
        "group:BUNDLE v a      | group:BUNDLE v\\na=group:BUNDLE a | one BUNDLE group at most",
        "ice-ufrag:node        | ice-ufrag:nod         | one valid a=ice-ufrag",
        "ice-ufrag:node        | ice-ufrag:edon        | have the same a=ice-ufrag",
        "ice-pwd:node          | ice-pwd:n             | one valid a=ice-pwd",
        "ice-pwd:node          | ice-pwd:no-e          | one valid a=ice-pwd",
        "fingerprint:sha-256   | fingerprint:sha-1     | is a hash and its bytes",
        "fingerprint:sha-256 01| fingerprint:sha-256 g1| is a hash and its bytes",
        "fingerprint:sha-256 01| fingerprint:sha-256 02| have the same a=fingerprint",
        "setup:passive         | setup:actpass         | a=setup:[actpass] answers [actpass]",
        "setup:passive         | setup:active          | have the same a=setup",
        "setup:passive         | setup:holdconn        | a=setup:[holdconn]",
        "192.0.2.7 9400        | 192.0.2.7 0           | port 0 is one",
        "192.0.2.7             | 192.0.2.777           | is an IP address",
        "192.0.2.7             | node.example          | is an IP address",
        "192.0.2.7             | 2001:db8::8           | UDP, IPv4, host",
        "1 udp 2130706431      | 1 tcp 2130706431      | UDP, IPv4, host",
        "1 udp 2130706431      | 2 udp 2130706431      | component 1",
        "1 udp 2130706431      | 1 udp 2130706175      | priorities descend",
        "1 udp 2130706431      | 1 udp 1694498815      | priority of hosts",
        "typ host              | typ srflx             | host only",
        "typ host              | type host             | is a candidate",
        "2001:db8::7           | 192.0.2.7             | one an address",
        "2001:db8::7           | 2001:db8::8           | the tagged section and has the cand",
        "a=end-of-candidates   | a=end                 | a=end-of-candidates behind",
        "rtpmap:111 opus/48000/2 | rtpmap:111 opus/48000 | 111 is opus/48000/2 in the offer",
        "rtpmap:102 H264       | rtpmap:102 H265       | 102 is h264/90000 in the offer",
        "rtpmap:102 H264/90000 | rtpmap:102 H264/90000\\na=rtpmap:96 VP8/90000 | not of 96",
        "fmtp:111 minptime=10  | fmtp:111 minptime=10\\na=fmtp:111 x=1 | one a=fmtp for 111",
        "fmtp:111 minptime=10  | fmtp:111 minptime=10;minptime=11 | says minptime once",
        "apt=102               | apt=96                | retransmits a format that it has",
        "apt=102               | apt=103               | retransmits a format that it has",
        "packetization-mode=1  | packetization-mode=0  | packetization-mode",
        "level-id=42e01f       | level-id=64001f       | the offered profile",
        "level-id=42e01f       | level-id=42e0         | six digits",
        "a=rtcp-fb:102 nack pli| a=rtcp-fb:102 nack    | 102 nack' was offered",
        "a=rtcp-fb:102 nack pli| a=rtcp-fb:102 ccm fir | ccm fir' was offered",
        "a=rtcp-fb:102 nack pli| a=rtcp-fb:96 nack pli | a format that it has",
        "extmap:4 urn          | extmap:5 urn          | was offered under that id",
        "extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid | x-map:4 | the extension for mid",
        "extmap:10 urn         | extmap:4 urn          | has its own id",
        "extmap:10 urn         | extmap:0 urn          | is from 1 to 255",
        "extmap:3 http         | extmap:5 http://www.webrtc.org/experiments/rtp-hdrext/playout-delay\\na=x:3 http | packets that are numbered",
        "a=extmap:10 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id | a=extmap:5/recvonly http://www.webrtc.org/experiments/rtp-hdrext/playout-delay | was offered under that id",
        "recv h;m;l            | recv h;m              | takes all 3 streams, not 2",
        "recv h;m;l            | recv h;l;m            | takes [l] of [m, n]",
        "recv h;m;l            | recv h;m;x            | takes [x] of [l]",
        "recv h;m;l            | send h;m;l            | receives what the offer sends",
        "recv h;m;l            | recv h;n;l            | describes all of [h, n, l]",
        "recv h;m;l            | recv h;m;l\\na=simulcast:recv h | one a=simulcast",
        "rid:h recv            | rid:h send            | 'h send' receives",
        "rid:h recv            | rid:h recv\\na=rid:h recv pt=102 | describes h once",
        "rid:h recv            | rid:h recv max-width=1 | keeps the restrictions of h",
        "rid:m recv pt=102;max-width=640 | rid:m recv  | keeps the restrictions of m",
        "max-width=640         | max-width=1280        | keeps max-width of m",
        "rid:m recv pt=102     | rid:m recv pt=96      | payload types of both sides",
        "a=rid:m               | a=rid:n recv\\na=rid:m | describes what it takes only",
        "a=mid:d               | a=mid:d\\na=sctp-port:5000 | is rejected and has no a=sctp-port",
        "a=mid:v               | a=mid:v\\na=msid:live video | has no a=msid"
      })
  void findsWhatIsWrongWithAnAnswerToAPublisher(String part, String replacement, String expected) {
    assertFound(JsepExample.publisher().answering(part, crlf(replacement)), expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "msid:live audio    | msid:- audio              | is a stream and a track",
        "msid:live audio    | msid:other audio          | all sections are of one stream",
        "msid:live audio    | msid:live video           | a track of its own",
        "msid:live audio    | msid:live                 | is a stream and a track",
        "a=msid:live audio  | a=rtcp-mux                | has one a=msid",
        "a=ssrc:7 cname:node | a=rtcp-mux               | has no MID and announces an SSRC",
        "a=ssrc:7 cname:node | a=ssrc:7 label:node      | is an SSRC and its canonical name",
        "a=ssrc:7 cname:node | a=ssrc:8 cname:node      | has an SSRC of its own",
        "a=ssrc:7 cname:node | a=ssrc:7 cname:node\\na=extmap:3 urn:ietf:params:rtp-hdrext:sdes:mid | announces no SSRC",
        "a=sendonly         | a=sendrecv                | is sendonly",
        "a=sendonly         | a=sendrecv                | sendrecv answers recvonly",
        "a=msid:live video  | a=simulcast:send h        | one encoding at a time",
        "a=ice-lite         | a=ice-lite\\na=extmap-allow-mixed | answered when offered only",
        "profile-id=2       | profile-id=0              | has the offered profile-id",
        "level-id=42001e    | level-id=42001f           | no higher level",
        "packetization-mode=0 | packetization-mode=0;level-asymmetry-allowed=1 | as the offer does",
        "a=rtpmap:98        | a=rtcp-fb:98 transport-cc\\na=rtpmap:98 | transport-cc' was offered",
        "a=mid:1            | a=mid:1\\na=candidate:1 1 udp 2130706431 192.0.2.7 9400 typ host |"
            + " a=end-of-candidates behind"
      })
  void findsWhatIsWrongWithAnAnswerToAViewer(String part, String replacement, String expected) {
    assertFound(JsepExample.viewer().answering(part, crlf(replacement)), expected);
  }

  /// The answer stays: it was good for another offer.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "setup:actpass\\na=mid:v | setup:passive\\na=mid:v | a=setup:[passive] answers [passive]",
        "a=rtcp-mux    | a=x               | a=rtcp-mux as in the offer only",
        "a=sendonly    | a=inactive        | recvonly answers inactive",
        "a=sendonly    | a=recvonly        | recvonly answers recvonly",
        "m=audio 9     | m=audio 0         | has port 0, as in the offer",
        "m=audio       | m=text            | is m=text",
        "BUNDLE v a d  | BUNDLE a d        | is part of one of the offer's",
        "BUNDLE v a d  | BUNDLE a v d      | the tagged section",
        "a=extmap-allow-mixed | a=x        | answered when offered only",
        "a=simulcast:send h;m,n;~l | a=x   | has a=simulcast when offered only",
        "a=rid:h send  | a=rid:h recv      | has a=simulcast when offered only",
        "apt=102       | apt=96            | retransmits what the offer said",
        "asymmetry-allowed=1 | asymmetry-allowed=0 | as the offer does only"
      })
  void findsThatAnAnswerIsNotToThisOffer(String part, String replacement, String expected) {
    assertFound(JsepExample.publisher().offering(crlf(part), crlf(replacement)), expected);
  }

  @Test
  void findsLinesThatEndInLineFeedsOnly() {
    assertFound(JsepExample.publisher().answering("s=-\r\n", "s=-\n"), "every line ends in CRLF");
  }

  @Test
  void findsAnAnswerThatIsTooLarge() {
    JsepExample good = JsepExample.viewer();
    String padding = "a=rtcp-mux\r\n".repeat(700);

    assertFound(
        new JsepExample(good.offer(), good.answer() + padding, good.kind()), "fewer than 8192");
  }

  @Test
  void findsALostSection() {
    JsepExample good = JsepExample.publisher();
    String shorter = good.answer().substring(0, good.answer().indexOf("m=application"));

    assertFound(new JsepExample(good.offer(), shorter, good.kind()), "same number of sections");
  }

  @Test
  void findsAPublishersSectionThatIsRejectedAlone() {
    JsepExample good = JsepExample.publisher();
    int audio = good.answer().indexOf("m=audio");
    int video = good.answer().indexOf("m=video");
    String half =
        good.answer().substring(0, audio)
            + "m=audio 0 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 0.0.0.0\r\na=mid:a\r\n"
            + good.answer().substring(video);

    assertFound(
        new JsepExample(good.offer(), half.replace("BUNDLE v a", "BUNDLE v"), good.kind()),
        "is not rejected alone");
  }

  @Test
  void survivesAnyText() {
    Stream.of("", "m=", "m=audio", "a=", "\r\n", "a=group:", "m=audio 9 x 1\r\na=rid:\r\na=fmtp:1")
        .forEach(text -> {
          assertThat(AnswerChecker.violations(text, text, AnswerKind.TO_VIEWER)).isNotEmpty();
          assertThat(
                  AnswerChecker.violations(
                      JsepExample.publisher().offer(), text, AnswerKind.TO_PUBLISHER))
              .isNotEmpty();
        });
  }

  private static void assertFound(JsepExample example, String expected) {
    assertThat(example.violations())
        .anySatisfy(violation -> assertThat(violation).contains(expected));
  }

  private static String crlf(String text) {
    return text.replace("\\n", "\r\n");
  }
}
