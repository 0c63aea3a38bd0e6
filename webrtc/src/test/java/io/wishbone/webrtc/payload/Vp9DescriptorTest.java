package io.wishbone.webrtc.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.rtp.WireBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Vp9DescriptorTest {

  private final Vp9Descriptor descriptor = new Vp9Descriptor();

  @Test
  void readsTheShortestDescriptor() {
    assertThat(wrap(WireBytes.of("0c 55"))).isTrue();
    assertThat(descriptor.length()).isEqualTo(1);
    assertThat(descriptor.isStartOfFrame()).isTrue();
    assertThat(descriptor.isEndOfFrame()).isTrue();
    assertThat(descriptor.isStartOfKeyframe()).isTrue();
    assertThat(descriptor.hasPictureId()).isFalse();
    assertThat(descriptor.hasTl0PicIdx()).isFalse();
    assertThat(descriptor.spatialLayers()).isZero();
  }

  @Test
  void readsNonFlexibleMode() {
    assertThat(
            wrap(
                WireBytes.of(
                    """
                    e9          | I, P, L, start of frame, not a spatial reference
                    9234        | PictureID 0x1234 in 15 bits
                    55          | TID 2, U, SID 2, D
                    66          | TL0PICIDX
                    77          | payload
                    """)))
        .isTrue();
    assertThat(descriptor.length()).isEqualTo(5);
    assertThat(descriptor.isFlexible()).isFalse();
    assertThat(descriptor.isPredicted()).isTrue();
    assertThat(descriptor.isStartOfFrame()).isTrue();
    assertThat(descriptor.isEndOfFrame()).isFalse();
    assertThat(descriptor.isNotASpatialReference()).isTrue();
    assertThat(descriptor.pictureId()).isEqualTo(0x1234);
    assertThat(descriptor.pictureIdBits()).isEqualTo(15);
    assertThat(descriptor.pictureIdPosition()).isEqualTo(1);
    assertThat(descriptor.temporalId()).isEqualTo(2);
    assertThat(descriptor.isSwitchingUpPoint()).isTrue();
    assertThat(descriptor.spatialId()).isEqualTo(2);
    assertThat(descriptor.isInterLayerPredicted()).isTrue();
    assertThat(descriptor.tl0PicIdx()).isEqualTo(0x66);
    assertThat(descriptor.tl0PicIdxPosition()).isEqualTo(4);
  }

  @Test
  void readsFlexibleModeWithThreeReferences() {
    assertThat(
            wrap(
                WireBytes.of(
                    """
                    f4          | I, P, L, F, end of frame
                    12          | PictureID 0x12 in 7 bits
                    20          | TID 1
                    03 05 06    | references 1, 2 and 3 pictures back
                    77
                    """)))
        .isTrue();
    assertThat(descriptor.length()).isEqualTo(6);
    assertThat(descriptor.isFlexible()).isTrue();
    assertThat(descriptor.isEndOfFrame()).isTrue();
    assertThat(descriptor.pictureId()).isEqualTo(0x12);
    assertThat(descriptor.pictureIdBits()).isEqualTo(7);
    assertThat(descriptor.temporalId()).isEqualTo(1);
    assertThat(descriptor.hasTl0PicIdx()).isFalse();
    assertThat(descriptor.tl0PicIdxPosition()).isEqualTo(-1);
  }

  @Test
  void readsNoReferencesInAFlexibleKeyframe() {
    assertThat(wrap(WireBytes.of("98 12 77"))).isTrue();
    assertThat(descriptor.length()).isEqualTo(2);
    assertThat(descriptor.isStartOfKeyframe()).isTrue();
  }

  @Test
  void readsTheScalabilityStructure() {
    assertThat(
            wrap(
                WireBytes.of(
                    """
                    8a                     | I, start of frame, V
                    01                     | PictureID
                    58                     | three spatial layers, with sizes and pictures
                    0140 00b4              | 320 x 180
                    0280 0168              | 640 x 360
                    0500 02d0              | 1280 x 720
                    02                     | two pictures
                    04 01                  | TID 0, one reference
                    28 01 02               | TID 1, two references
                    77
                    """)))
        .isTrue();
    assertThat(descriptor.length()).isEqualTo(21);
    assertThat(descriptor.spatialLayers()).isEqualTo(3);
    assertThat(descriptor.width()).isEqualTo(1280);
    assertThat(descriptor.height()).isEqualTo(720);
  }

  @Test
  void knowsThatAHigherSpatialLayerIsNoStartOfAKeyframe() {
    assertThat(wrap(WireBytes.of("a8 01 03 05 77"))).isTrue();
    assertThat(descriptor.isPredicted()).isFalse();
    assertThat(descriptor.isStartOfKeyframe()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "80", // PictureID
        "80 80", // second half of the PictureID
        "20", // layers
        "20 00", // TL0PICIDX
        "50", // reference
        "50 01", // second reference
        "50 01 01 01", // a fourth reference announced
        "02", // structure
        "02 10 0140", // size
        "02 f0 0140 00b4", // seven more sizes
        "02 08", // number of pictures
        "02 08 01", // picture
        "02 08 01 0c 01 02", // third reference of the picture
        "02 08 ff 00", // 254 more pictures
      })
  void refusesADescriptorCutShort(String hex) {
    assertThat(wrap(WireBytes.of(hex))).isFalse();
  }

  @Test
  void patchesACopyInPlace() {
    wrap(WireBytes.of("a8 9234 00 66 77"));
    WireBytes copy = WireBytes.of("00 a8 9234 00 66 77");
    descriptor.putPictureId(copy.buffer(), copy.offset() + 1, 0x7FFF);
    descriptor.putTl0PicIdx(copy.buffer(), copy.offset() + 1, 0x99);
    assertThat(copy.hex()).isEqualTo("00" + "a8" + "ffff" + "00" + "99" + "77");
  }

  @Test
  void patchesNothingThatIsNotThere() {
    wrap(WireBytes.of("08 77"));
    WireBytes copy = WireBytes.of("08 77");
    descriptor.putPictureId(copy.buffer(), copy.offset(), 5);
    descriptor.putTl0PicIdx(copy.buffer(), copy.offset(), 5);
    assertThat(copy.hex()).isEqualTo("0877");
    assertThat(copy.isUntouchedBeyond(2)).isTrue();
  }

  private boolean wrap(WireBytes wire) {
    return descriptor.wrap(wire.buffer(), wire.offset(), wire.length());
  }
}
