package io.wishbone.webrtc.payload;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.wishbone.webrtc.fuzz.TimeBound;
import io.wishbone.webrtc.rtp.WireBytes;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Arbitrary bytes as a payload of every format. The buffer ends where the bytes end, so that
/// reading too far throws.
class PayloadFuzzTest {

  private final Vp8Descriptor vp8 = new Vp8Descriptor();
  private final Vp9Descriptor vp9 = new Vp9Descriptor();
  private final PictureSize size = new PictureSize();
  private final DependencyDescriptor dependencies = new DependencyDescriptor();

  @FuzzTest
  void nothingIsReadBeyondThePayload(byte[] payload) {
    TimeBound.hold(() -> read(payload));
  }

  private void read(byte[] payload) {
    ByteBuffer buffer = WireBytes.exactly(payload).buffer();
    for (Codec codec : Codec.values()) {
      if (KeyframeDetector.startsKeyframe(codec, buffer, 0, payload.length)) {
        assertThat(FrameBoundary.canStartFrame(codec, buffer, 0, payload.length) || isMixed(codec))
            .isTrue();
      }
      boolean known = size.read(codec, buffer, 0, payload.length);
      assertThat(known).isEqualTo(size.width() > 0 && size.height() > 0);
    }
  }

  @FuzzTest
  void copiesOfSoundAreFoundAndRenamedWithinBounds(byte[] payload) {
    TimeBound.hold(() -> rename(payload));
  }

  private void rename(byte[] payload) {
    ByteBuffer buffer = WireBytes.exactly(payload.clone()).buffer();
    int type = payload.length == 0 ? 0 : payload[0] & 0x7F;
    int primary = new RedFormat(63, type).primary(buffer, 0, payload.length);
    if (primary == RedFormat.MALFORMED) {
      return;
    }
    assertThat(primary).isBetween(1, payload.length - 1);
    var other = new RedFormat(63, type ^ 1);
    other.rename(buffer, 0);
    assertThat(other.primary(buffer, 0, payload.length)).isEqualTo(primary);
    new RedFormat(63, type).rename(buffer, 0);
    assertThat(buffer.array()).isEqualTo(payload);
  }

  /// Aggregations may begin with the rest of one frame and go on with a keyframe.
  private static boolean isMixed(Codec codec) {
    return codec == Codec.H264 || codec == Codec.H265;
  }

  @FuzzTest
  void descriptorsAgreeWithTheDetector(byte[] payload) {
    TimeBound.hold(() -> compare(payload));
  }

  private void compare(byte[] payload) {
    ByteBuffer buffer = WireBytes.exactly(payload.clone()).buffer();
    if (vp8.wrap(buffer, 0, payload.length)) {
      assertThat(vp8.length()).isBetween(1, payload.length);
      assertThat(vp8.isStartOfKeyframe())
          .isEqualTo(KeyframeDetector.startsKeyframe(Codec.VP8, buffer, 0, payload.length));
      vp8.putPictureId(buffer, 0, vp8.pictureId());
      vp8.putTl0PicIdx(buffer, 0, vp8.tl0PicIdx());
      vp8.putKeyIdx(buffer, 0, vp8.keyIdx());
      assertThat(buffer.array()).isEqualTo(payload);
    }
    if (vp9.wrap(buffer, 0, payload.length)) {
      assertThat(vp9.length()).isBetween(1, payload.length);
      assertThat(vp9.isStartOfKeyframe())
          .isEqualTo(KeyframeDetector.startsKeyframe(Codec.VP9, buffer, 0, payload.length));
      vp9.putPictureId(buffer, 0, vp9.pictureId());
      vp9.putTl0PicIdx(buffer, 0, vp9.tl0PicIdx());
      assertThat(buffer.array()).isEqualTo(payload);
    }
  }

  /// The first byte says how long the first of two descriptors is; the second refers to what the
  /// first has told.
  @FuzzTest
  void dependencyDescriptorsAreReadAndMaskedWithinBounds(byte[] bytes) {
    TimeBound.hold(() -> lookAtBoth(bytes));
  }

  private void lookAtBoth(byte[] bytes) {
    if (bytes.length == 0) {
      return;
    }
    ByteBuffer buffer = WireBytes.exactly(bytes).buffer();
    int first = Math.min(Byte.toUnsignedInt(bytes[0]), bytes.length - 1);
    DependencyStructure known = look(buffer, 1, first, null);
    look(buffer, 1 + first, bytes.length - 1 - first, known);
  }

  private @Nullable DependencyStructure look(
      ByteBuffer buffer, int offset, int length, @Nullable DependencyStructure known) {
    boolean read = dependencies.wrap(buffer, offset, length, known);
    DependencyStructure structure = dependencies.structure();
    if (!read || structure == null || length > 250) {
      return read ? structure : known;
    }
    assertThat(dependencies.switches()).isBetween(0, 0xFFFF);
    int frame = dependencies.frameNumber();
    long all = structure.decodeTargetsUpTo(255, 255);
    assertThat(Long.bitCount(all)).isEqualTo(structure.decodeTargets());
    ByteBuffer copy = ByteBuffer.allocate(length + DependencyDescriptor.MAX_GROWTH);
    int copied =
        DependencyDescriptor.copyMasked(buffer, offset, length, structure, all & 5, copy, 0);
    assertThat(copied).isBetween(length, length + DependencyDescriptor.MAX_GROWTH);
    assertThat(dependencies.wrap(copy, 0, copied, structure)).isTrue();
    assertThat(dependencies.frameNumber()).isEqualTo(frame);
    return structure;
  }
}
