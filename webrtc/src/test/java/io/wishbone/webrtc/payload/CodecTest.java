package io.wishbone.webrtc.payload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodecTest {

  @ParameterizedTest
  @CsvSource({
    "opus, OPUS, 48000, AUDIO", "OPUS, OPUS, 48000, AUDIO", "pcmu, PCMU, 8000, AUDIO",
    "PCMA, PCMA, 8000, AUDIO", "G722, G722, 8000, AUDIO", "VP8, VP8, 90000, VIDEO",
    "vp9, VP9, 90000, VIDEO", "H264, H264, 90000, VIDEO", "h265, H265, 90000, VIDEO",
    "AV1, AV1, 90000, VIDEO",
  })
  void isFoundByNameInAnyCase(String name, Codec codec, int clockRate, Codec.Kind kind) {
    assertThat(Codec.named(name)).isEqualTo(codec);
    assertThat(codec.clockRate()).isEqualTo(clockRate);
    assertThat(codec.kind()).isEqualTo(kind);
    assertThat(codec.isVideo()).isEqualTo(kind == Codec.Kind.VIDEO);
  }

  @ParameterizedTest
  @EnumSource
  void isFoundByItsOwnName(Codec codec) {
    assertThat(Codec.named(codec.encodingName())).isEqualTo(codec);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "rtx", "red", "ulpfec", "H26", "VP80", "telephone-event"})
  void isNotFoundForAnythingElse(String name) {
    assertThat(Codec.named(name)).isNull();
  }
}
