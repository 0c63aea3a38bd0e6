package io.wishbone.node.negotiation;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.sdp.FormatParameters;
import io.wishbone.webrtc.sdp.RtpMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatMatcherTest {

  private static OfferedFormat format(Codec codec, String parameters) {
    return new OfferedFormat(
        codec,
        new RtpMap(96, codec.encodingName(), codec.clockRate(), 1),
        new FormatParameters(parameters),
        null);
  }

  @ParameterizedTest
  @CsvSource({
    "H264, packetization-mode=1, packetization-mode=1, true",
    "H264, packetization-mode=1, packetization-mode=0, false",
    "H264, packetization-mode=1, '', false",
    "H264, packetization-mode=0, packetization-mode=1, true",
    "H264, '', '', true",
    "H264, packetization-mode=1;profile-level-id=640032,"
        + " packetization-mode=1;profile-level-id=42e01f, true",
    "VP9, profile-id=0, '', true",
    "VP9, profile-id=2, '', false",
    "AV1, profile=0, '', true",
    "AV1, profile=1, profile=0, false",
    "AV1, '', profile=1, false",
    "AV1, level-idx=5;profile=1, profile=1, true",
    "H265, profile-id=1, '', true",
    "H265, '', profile-id=1, true",
    "H265, profile-id=2, profile-id=1, false",
    "VP8, '', '', true",
    "OPUS, stereo=1, minptime=10, true",
  })
  void findsAFormatWhenTheViewerCanPlayTheStream(
      Codec codec, String stream, String viewer, boolean playable) {
    OfferedFormat found = FormatMatcher.best(List.of(format(codec, viewer)), format(codec, stream));

    assertThat(found != null).isEqualTo(playable);
  }

  @Test
  void prefersTheProfileOfTheStreamAmongThoseThatPlayIt() {
    OfferedFormat other = format(Codec.H264, "packetization-mode=1;profile-level-id=640032");
    OfferedFormat same = format(Codec.H264, "packetization-mode=1;profile-level-id=42e01f");
    OfferedFormat whole = format(Codec.H264, "packetization-mode=0;profile-level-id=42e01f");

    assertThat(FormatMatcher.best(List.of(whole, other, same), same)).isSameAs(same);
    assertThat(FormatMatcher.best(List.of(whole, other), same)).isSameAs(other);
  }
}
