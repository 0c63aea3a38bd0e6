package io.wishbone.webrtc.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.rtp.WireBytes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// One table a format: what it is, the payload, whether it starts a keyframe, whether it can start
/// a frame.
class KeyframeDetectorTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "keyframe, 10 50 01, true, true",
    "delta frame, 10 51 01, false, true",
    "keyframe behind a 15-bit picture id, 90 80 8001 50, true, true",
    "keyframe behind a 7-bit picture id, 90 80 01 50, true, true",
    "keyframe behind all fields, 90 f0 8001 02 23 50, true, true",
    "delta frame behind all fields, 90 f0 8001 02 23 51, false, true",
    "keyframe with key index only, 90 10 05 50, true, true",
    "keyframe behind an extension byte without fields, 90 00 50, true, true",
    "second packet of a keyframe's first partition, 00 50, false, false",
    "start of the second partition, 11 50, false, false",
    "descriptor and nothing else, 10, false, true",
    "extension cut short, 90, false, true",
    "picture id cut short, 90 80, false, true",
    "15-bit picture id cut short, 90 80 80, false, true",
    "TL0PICIDX cut short, 90 c0 01, false, true",
  })
  void vp8(String packet, String hex, boolean keyframe, boolean frame) {
    check(Codec.VP8, packet, hex, keyframe, frame);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "keyframe without layers, 8c 8001 55, true, true",
    "keyframe without any field, 08 55, true, true",
    "delta frame, cc 8001 55, false, true",
    "keyframe of the base layer in non-flexible mode, a8 8001 00 05 55, true, true",
    "keyframe of the base layer in flexible mode, b8 8001 00 55, true, true",
    "spatial layer above a keyframe, a8 8001 03 05 55, false, true",
    "base layer keyframe that claims to depend on a lower layer, a8 8001 01 05 55, true, true",
    "keyframe of a higher temporal layer, a8 01 40 05 55, true, true",
    "rest of a keyframe, 84 8001 55, false, false",
    "layers cut short, a8 8001, false, true",
    "picture id cut short, a8, false, true",
  })
  void vp9(String packet, String hex, boolean keyframe, boolean frame) {
    check(Codec.VP9, packet, hex, keyframe, frame);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "sequence parameter set, 67 42e01f, true, true",
    "picture parameter set, 68 ce3c80, false, true",
    "first IDR slice, 65 88, true, true",
    "second IDR slice, 65 48, false, false",
    "first slice, 41 9a, false, true",
    "second slice, 41 5a, false, false",
    "access unit delimiter, 09 f0, false, true",
    "supplemental information, 06 0501, false, true",
    "data partition B, 43 80, false, false",
    "aggregated parameter sets, 78 0004 6742e01f 0003 68ce3c, true, true",
    "aggregated information and IDR slice, 78 0002 0605 0002 6588, true, true",
    "aggregated slices, 78 0002 419a 0002 415a, false, true",
    "aggregated further slices, 78 0002 415a 0002 415b, false, false",
    "parameter set behind an empty unit, 78 0000 0004 6742e01f, false, false",
    "aggregated unit beyond the end, 78 0005 6742e01f, false, false",
    "aggregation of nothing, 78, false, false",
    "aggregation of half a size, 78 00, false, false",
    "first fragment of an IDR slice, 7c 85 88, true, true",
    "first fragment of a second IDR slice, 7c 85 48, false, false",
    "middle fragment of an IDR slice, 7c 05 88, false, false",
    "last fragment of an IDR slice, 7c 45 88, false, false",
    "first fragment of a slice, 5c 81 9a, false, true",
    "fragmentation unit without its header, 7c, false, false",
    "fragmentation unit without data, 7c 85, false, false",
    "IDR slice without data, 65, false, false",
  })
  void h264(String packet, String hex, boolean keyframe, boolean frame) {
    check(Codec.H264, packet, hex, keyframe, frame);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "video parameter set, 4001 0c, true, true",
    "sequence parameter set, 4201 01, true, true",
    "picture parameter set, 4401 c1, false, true",
    "IDR_W_RADL, 2601 af, true, true",
    "IDR_N_LP, 2801 af, true, true",
    "clean random access picture, 2a01 af, true, true",
    "broken link access picture, 2001 af, true, true",
    "reserved for IRAP, 2c01 af, false, true",
    "second slice of an IDR picture, 2601 2f, false, false",
    "trailing picture, 0201 d0, false, true",
    "second slice of a trailing picture, 0201 50, false, false",
    "prefix information, 4e01 01, false, true",
    "suffix information, 5001 01, false, false",
    "aggregated parameter sets, 6001 0003 40010c 0003 420101, true, true",
    "aggregated trailing pictures, 6001 0003 0201d0 0003 020150, false, true",
    "aggregated unit of one byte, 6001 0001 40, true, true",
    "aggregated slice without data, 6001 0002 2601 af, false, false",
    "aggregated unit beyond the end, 6001 0004 40010c, false, false",
    "first fragment of an IDR picture, 6201 93 af, true, true",
    "middle fragment of an IDR picture, 6201 13 af, false, false",
    "first fragment of a trailing picture, 6201 81 d0, false, true",
    "fragmentation unit without its header, 6201, false, false",
    "fragmentation unit without data, 6201 93, false, false",
    "one byte, 40, false, false",
  })
  void h265(String packet, String hex, boolean keyframe, boolean frame) {
    check(Codec.H265, packet, hex, keyframe, frame);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "first packet of a coded video sequence, 18 0a0b, true, true",
    "nothing but the mark of a new sequence, 08, true, true",
    "continued although it claims a new sequence, 98 0a0b, false, false",
    "sequence header without the mark, 10 0a0b, true, true",
    "sequence header behind its length without the mark, 00 02 0a0b 01 32, true, true",
    "sequence header behind a temporal delimiter, 00 01 10 02 0a0b, true, true",
    "frame, 10 3210, false, true",
    "frame behind its length, 00 02 3210, false, true",
    "sequence header behind a frame, 20 02 3210 0a0b, false, true",
    "continued frame, 90 3210, false, false",
    "aggregation header and nothing else, 10, false, true",
    "length without end, 00 80808080808080 0a, false, true",
    "length beyond the end, 00 7f 0a, false, true",
    "element of no length, 00 00 0a, false, true",
    "nothing but temporal delimiters, 00 0110 0110 0110 0110 0110 0110 0110 0110 0110 01 0a, false, true",
  })
  void av1(String packet, String hex, boolean keyframe, boolean frame) {
    check(Codec.AV1, packet, hex, keyframe, frame);
  }

  @ParameterizedTest
  @EnumSource
  void everyAudioPacketStandsAlone(Codec codec) {
    if (!codec.isVideo()) {
      check(codec, "audio", "00", true, true);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anEmptyPayloadStartsNothing(Codec codec) {
    check(codec, "empty", "", false, false);
  }

  private static void check(
      Codec codec, String packet, String hex, boolean keyframe, boolean frame) {
    WireBytes wire = WireBytes.of(hex);
    assertThat(KeyframeDetector.startsKeyframe(codec, wire.buffer(), wire.offset(), wire.length()))
        .as("%s: starts a keyframe", packet)
        .isEqualTo(keyframe);
    assertThat(FrameBoundary.canStartFrame(codec, wire.buffer(), wire.offset(), wire.length()))
        .as("%s: can start a frame", packet)
        .isEqualTo(frame);
  }
}
