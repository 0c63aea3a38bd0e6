package io.wishbone.webrtc.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.rtp.WireBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PictureSizeTest {

  private static final String BASELINE = "67 42e01f ";
  private static final String HIGH = "67 64001f ";

  /// Ids, frame numbers and picture order of the shortest kind, one reference frame.
  private static final String SHORTEST = "1 1 011 010 0 ";

  /// ue(119), ue(67): 120 by 68 macroblocks.
  private static final String FULL_HD = "0000001111000 0000001000100 ";

  private final PictureSize size = new PictureSize();

  @ParameterizedTest
  @CsvSource({
    "67 42c01f 8c8d40501ed00f08846a, 640 x 480",
    "67 7a001f bcd9405005ba1000000300c000002ae0f1831960, 1280 x 720",
  })
  void readsParameterSetsOfRealEncoders(String hex, String expected) {
    assertThat(read(hex)).isEqualTo(expected);
  }

  @Test
  void leavesOutEmulationPreventionBytes() {
    // No constraints, level 0, an id that begins with six zeros: 00 00 02 is sent as 00 00 03 02.
    String content = bits("0000001000000 1 011 010 0 " + FULL_HD + "1 1 0 0 1");
    assertThat(content).startsWith("02");
    assertThat(read("67 42 0000 03" + content)).isEqualTo("1920 x 1088");
    assertThat(read("67 42 0000" + content)).isEqualTo("1920 x 1088");
  }

  @Test
  void subtractsTheCropping() {
    String crop = "1 1 1 00101 "; // left 0, right 0, top 0, bottom 4
    assertThat(read(BASELINE + bits(SHORTEST + FULL_HD + "1 1 1 " + crop + "0 1")))
        .isEqualTo("1920 x 1080");
  }

  @Test
  void takesThePictureWholeWithoutCropping() {
    assertThat(read(BASELINE + bits(SHORTEST + FULL_HD + "1 1 0 0 1"))).isEqualTo("1920 x 1088");
  }

  @Test
  void countsTwoFieldsAFrame() {
    // ue(33): 34 map units a field; mb_adaptive_frame_field_flag; bottom crop 2 in units of 4 lines
    String interlaced = "0000001111000 00000100010 0 1 1 1 1 1 1 011 0 1";
    assertThat(read("67 4d401f " + bits(SHORTEST + interlaced))).isEqualTo("1920 x 1080");
  }

  @ParameterizedTest(name = "chroma format {0}")
  @CsvSource({
    // cropping by one unit on each side
    "4:0:0, 1, 1918 x 1086",
    "4:2:0, 010, 1916 x 1084",
    "4:2:2, 011, 1916 x 1086",
    "4:4:4, 00100 0, 1918 x 1086",
    "three planes, 00100 1, 1918 x 1086",
  })
  void cropsInUnitsOfTheChromaFormat(String name, String format, String expected) {
    String high = "1 " + format + " 1 1 0 0 "; // id, format, bit depths, bypass, no scaling matrix
    String rest = "1 011 010 0 " + FULL_HD + "1 1 1 010 010 010 010 0 1";
    assertThat(read(HIGH + bits(high + rest))).as(name).isEqualTo(expected);
  }

  @Test
  void skipsScalingLists() {
    // Eight lists of which the first has sixteen deltas of 0, the second ends at once with -8.
    String lists = "1 " + "1 ".repeat(16) + "1 000010001 " + "0 ".repeat(6);
    String high = "1 010 1 1 0 1 " + lists;
    assertThat(read(HIGH + bits(high + "1 011 010 0 " + FULL_HD + "1 1 0 0 1")))
        .isEqualTo("1920 x 1088");
  }

  @Test
  void skipsAPictureOrderOfTypeOne() {
    // flag, two offsets of -1 and 1, a cycle of two frames with offsets 0 and 2
    String order = "1 1 010 1 011 010 011 1 00100 010 0 ";
    assertThat(read(BASELINE + bits(order + FULL_HD + "1 1 0 0 1"))).isEqualTo("1920 x 1088");
  }

  @Test
  void findsTheParameterSetInAnAggregation() {
    assertThat(read("78 0002 09f0 000e 6742c01f8c8d40501ed00f08846a 0003 68ce3c"))
        .isEqualTo("640 x 480");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "no parameter set, 65 88",
    "parameter set without content, 67",
    "parameter set cut short, 67 42c01f 8c8d4050",
    "aggregation of nothing, 78",
    "number without end, 67 42c01f 00000000000000000000",
    "fragment, 7c 87 42c01f",
  })
  void findsNoneInAnythingElse(String name, String hex) {
    assertThat(read(hex)).as(name).isEqualTo("none");
  }

  @Test
  void refusesSizesThatNoPictureHas() {
    String huge = "00000000001 0000000000 0000000000010000000000 "; // ue(1023), ue(2047)
    assertThat(read(BASELINE + bits(SHORTEST + huge + "1 1 0 0 1"))).isEqualTo("none");
    String nothingLeft =
        "1 1 1 1 1 0001000 0001000 1 1 0 1"; // 16 columns, cropped by 14 units of 2
    assertThat(read(BASELINE + bits(SHORTEST + nothingLeft))).isEqualTo("none");
  }

  @Test
  void readsVp8AndVp9() {
    WireBytes vp8 = WireBytes.of("10 d00200 9d012a 0005 d002");
    assertThat(size.read(Codec.VP8, vp8.buffer(), vp8.offset(), vp8.length())).isTrue();
    assertThat(size.width()).isEqualTo(1280);
    assertThat(size.height()).isEqualTo(720);
    WireBytes vp9 = WireBytes.of("0a 10 0280 0168 77");
    assertThat(size.read(Codec.VP9, vp9.buffer(), vp9.offset(), vp9.length())).isTrue();
    assertThat(size.width()).isEqualTo(640);
    assertThat(size.height()).isEqualTo(360);
  }

  @ParameterizedTest
  @EnumSource
  void forgetsThePictureBefore(Codec codec) {
    read("67 42c01f 8c8d40501ed00f08846a");
    WireBytes wire = WireBytes.of("41");
    assertThat(size.read(codec, wire.buffer(), wire.offset(), wire.length())).isFalse();
    assertThat(size.read(codec, wire.buffer(), wire.offset(), 0)).isFalse();
    assertThat(size.width()).isZero();
    assertThat(size.height()).isZero();
  }

  private String read(String hex) {
    WireBytes wire = WireBytes.of(hex);
    return size.read(Codec.H264, wire.buffer(), wire.offset(), wire.length())
        ? size.width() + " x " + size.height()
        : "none";
  }

  /// Bits as bytes in hex, filled up with zeros.
  private static String bits(String groups) {
    StringBuilder digits = new StringBuilder(groups.replace(" ", ""));
    while (digits.length() % 8 != 0) {
      digits.append('0');
    }
    StringBuilder hex = new StringBuilder();
    for (int i = 0; i < digits.length(); i += 4) {
      hex.append(Integer.toHexString(Integer.parseInt(digits.substring(i, i + 4), 2)));
    }
    return hex.toString();
  }
}
