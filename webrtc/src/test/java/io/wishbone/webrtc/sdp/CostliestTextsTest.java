package io.wishbone.webrtc.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.fuzz.TimeBound;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Texts as large as they may be, made of the line that costs most for its length.
class CostliestTextsTest {
  private static final String HEAD = "v=0\no=- 1 1 IN IP4 127.0.0.1\ns=-\nt=0 0\n";
  private static final String FORMATS =
      IntStream.range(0, 128).mapToObj(Integer::toString).collect(Collectors.joining(" "));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a=x",
        "a=rid:",
        "a=rid:a",
        "a=rid:$ send",
        "a=simulcast",
        "a=rtcp-fb:* x",
        "a=rtcp-fb:1 x",
        "a=fmtp:1 a",
        "a=rtpmap:1 a/1",
        "a=ssrc:1 a",
        "a=ssrc:1 msid:é",
        "a=ssrc-group:A 1 2",
        "a=extmap:1 a",
        "a=group:A",
        "a=msid:a",
        "a=ice-options:a",
        "a=fingerprint:x 00",
        "a=sendonly"
      })
  void readsTheCostliestTextsInTime(String line) {
    String head = HEAD + "m=video 9 RTP/SAVPF " + FORMATS + "\n";
    String text = head + (line + "\n").repeat((65536 - head.length()) / (line.length() + 1));

    assertThat(Thoroughly.readDescription(text)).isTrue();
    TimeBound.hold(() -> Thoroughly.readDescription(text));
    TimeBound.hold(() -> Thoroughly.readFragment(text));
  }
}
