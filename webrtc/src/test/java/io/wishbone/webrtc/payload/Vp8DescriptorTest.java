package io.wishbone.webrtc.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.rtp.WireBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Vp8DescriptorTest {

  private final Vp8Descriptor descriptor = new Vp8Descriptor();

  @Test
  void readsTheShortestDescriptor() {
    assertThat(wrap(WireBytes.of("10 51"))).isTrue();
    assertThat(descriptor.length()).isEqualTo(1);
    assertThat(descriptor.isStartOfFrame()).isTrue();
    assertThat(descriptor.isStartOfKeyframe()).isFalse();
    assertThat(descriptor.isNonReference()).isFalse();
    assertThat(descriptor.hasPictureId()).isFalse();
    assertThat(descriptor.pictureIdBits()).isZero();
    assertThat(descriptor.pictureIdPosition()).isEqualTo(-1);
    assertThat(descriptor.hasTl0PicIdx()).isFalse();
    assertThat(descriptor.hasTemporalId()).isFalse();
    assertThat(descriptor.temporalId()).isZero();
    assertThat(descriptor.hasKeyIdx()).isFalse();
  }

  @Test
  void readsEveryField() {
    assertThat(
            wrap(
                WireBytes.of(
                    """
                    b0          | X, non-reference, start of partition 0
                    f0          | I, L, T, K
                    9234        | PictureID 0x1234 in 15 bits
                    56          | TL0PICIDX
                    b1          | TID 2, Y, KEYIDX 17
                    51          | delta frame
                    """)))
        .isTrue();
    assertThat(descriptor.length()).isEqualTo(6);
    assertThat(descriptor.isNonReference()).isTrue();
    assertThat(descriptor.pictureIdBits()).isEqualTo(15);
    assertThat(descriptor.pictureId()).isEqualTo(0x1234);
    assertThat(descriptor.pictureIdPosition()).isEqualTo(2);
    assertThat(descriptor.tl0PicIdx()).isEqualTo(0x56);
    assertThat(descriptor.tl0PicIdxPosition()).isEqualTo(4);
    assertThat(descriptor.hasTemporalId()).isTrue();
    assertThat(descriptor.temporalId()).isEqualTo(2);
    assertThat(descriptor.isLayerSync()).isTrue();
    assertThat(descriptor.hasKeyIdx()).isTrue();
    assertThat(descriptor.keyIdx()).isEqualTo(17);
    assertThat(descriptor.tidKeyIdxPosition()).isEqualTo(5);
  }

  @Test
  void readsAShortPictureId() {
    assertThat(wrap(WireBytes.of("90 80 7f 51"))).isTrue();
    assertThat(descriptor.pictureIdBits()).isEqualTo(7);
    assertThat(descriptor.pictureId()).isEqualTo(0x7F);
    assertThat(descriptor.length()).isEqualTo(3);
  }

  @Test
  void leavesTheTemporalLayerAloneWhenOnlyTheKeyIndexIsThere() {
    assertThat(wrap(WireBytes.of("90 10 e5 51"))).isTrue();
    assertThat(descriptor.hasTemporalId()).isFalse();
    assertThat(descriptor.temporalId()).isZero();
    assertThat(descriptor.isLayerSync()).isFalse();
    assertThat(descriptor.keyIdx()).isEqualTo(5);
  }

  @Test
  void readsTheSizeOfAKeyframe() {
    assertThat(
            wrap(
                WireBytes.of(
                    """
                    10
                    d0 0200        | keyframe, size of the first partition
                    9d012a         | start code
                    0005 d042      | 1280, 720 scaled by 1
                    """)))
        .isTrue();
    assertThat(descriptor.isStartOfKeyframe()).isTrue();
    assertThat(descriptor.width()).isEqualTo(1280);
    assertThat(descriptor.height()).isEqualTo(720);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10 d00200 9d012b 0005d042", // another start code
        "10 d00200 9d012a 0005d0", // cut short
        "10 d10200 9d012a 0005d042", // delta frame
        "00 d00200 9d012a 0005d042", // not the start of the frame
      })
  void readsNoSizeFromAnythingElse(String hex) {
    wrap(WireBytes.of("10 d00200 9d012a 0005d002"));
    assertThat(wrap(WireBytes.of(hex))).isTrue();
    assertThat(descriptor.width()).isZero();
    assertThat(descriptor.height()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "90", "90 80", "90 80 80", "90 c0 01", "90 e0 8001 02", "90 20"})
  void refusesADescriptorCutShort(String hex) {
    assertThat(wrap(WireBytes.of(hex))).isFalse();
  }

  @Test
  void patchesACopyInPlace() {
    wrap(WireBytes.of("90 f0 9234 56 b1 51"));
    WireBytes copy = WireBytes.of("00 90 f0 9234 56 b1 51");
    descriptor.putPictureId(copy.buffer(), copy.offset() + 1, 0x7FFF);
    descriptor.putTl0PicIdx(copy.buffer(), copy.offset() + 1, 0x1FF);
    descriptor.putKeyIdx(copy.buffer(), copy.offset() + 1, 0x3F);
    assertThat(copy.hex()).isEqualTo("00" + "90f0" + "ffff" + "ff" + "bf" + "51");
    descriptor.putPictureId(copy.buffer(), copy.offset() + 1, 0x8000);
    descriptor.putKeyIdx(copy.buffer(), copy.offset() + 1, 0);
    assertThat(copy.hex()).isEqualTo("00" + "90f0" + "8000" + "ff" + "a0" + "51");
  }

  @Test
  void patchesAShortPictureIdInSevenBits() {
    wrap(WireBytes.of("90 80 01 51"));
    WireBytes copy = WireBytes.of("90 80 01 51");
    descriptor.putPictureId(copy.buffer(), copy.offset(), 0x1FF);
    assertThat(copy.hex()).isEqualTo("90807f51");
  }

  @Test
  void patchesNothingThatIsNotThere() {
    wrap(WireBytes.of("10 51"));
    WireBytes copy = WireBytes.of("10 51");
    descriptor.putPictureId(copy.buffer(), copy.offset(), 5);
    descriptor.putTl0PicIdx(copy.buffer(), copy.offset(), 5);
    descriptor.putKeyIdx(copy.buffer(), copy.offset(), 5);
    assertThat(copy.hex()).isEqualTo("1051");
    assertThat(copy.isUntouchedBeyond(2)).isTrue();
  }

  private boolean wrap(WireBytes wire) {
    return descriptor.wrap(wire.buffer(), wire.offset(), wire.length());
  }
}
