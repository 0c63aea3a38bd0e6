package io.wishbone.webrtc.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.sim.LayeredPacket;
import io.wishbone.webrtc.sim.SyntheticDependencies;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DependencyDescriptorTest {
  /// One of a browser that sends VP8 without layers: one decode target, one template for keyframes
  /// and one for the rest, one chain, 1280x720 (AV1 RTP specification, appendix A.8).
  private static final byte[] ONE_LAYER =
      bits(
          "1 1 000000 0000000000000001" // first and last packet, template 0, frame 1
              + "1 0 0 0 0" // with structure
              + "000000 00000" // offset 0, one decode target
              + "00 11" // two templates of layer 0, 0
              + "10 10" // both switch
              + "0 1 0000 0" // the second refers to the frame before it
              + "1" // one chain
              + "0000 0001" // how far back it goes
              + "1 0000010011111111 0000001011001111"); // 1280 x 720

  private final DependencyDescriptor descriptor = new DependencyDescriptor();

  private static byte[] bits(String spaced) {
    String bits = spaced.replace(" ", "");
    byte[] bytes = new byte[(bits.length() + 7) / 8];
    for (int i = 0; i < bits.length(); i++) {
      bytes[i / 8] |= (byte) ((bits.charAt(i) - '0') << (7 - i % 8));
    }
    return bytes;
  }

  private boolean read(byte[] bytes, DependencyStructure known) {
    return descriptor.wrap(ByteBuffer.wrap(bytes), 0, bytes.length, known);
  }

  private static LayeredPacket packet(int picture, int spatial, int temporal, boolean keyframe) {
    return new LayeredPacket(picture, spatial, temporal, 0, 1, picture - 1, keyframe, false);
  }

  @Test
  void readsAStructureAndWhatRefersToIt() {
    assertThat(read(ONE_LAYER, null)).isTrue();
    DependencyStructure structure = Objects.requireNonNull(descriptor.structure());
    assertThat(structure.decodeTargets()).isEqualTo(1);
    assertThat(structure.width()).isEqualTo(1280);
    assertThat(structure.height()).isEqualTo(720);
    assertThat(descriptor.isStartOfFrame()).isTrue();
    assertThat(descriptor.isEndOfFrame()).isTrue();
    assertThat(descriptor.frameNumber()).isEqualTo(1);
    assertThat(descriptor.switches()).isEqualTo(1);

    assertThat(read(HexFormat.of().parseHex("810002"), structure)).isTrue();
    assertThat(descriptor.isEndOfFrame()).isFalse();
    assertThat(descriptor.structure()).isSameAs(structure);
    assertThat(read(HexFormat.of().parseHex("820002"), structure)).isFalse(); // no third template
    assertThat(read(HexFormat.of().parseHex("810002"), null)).isFalse();
    assertThat(read(HexFormat.of().parseHex("8100"), structure)).isFalse();
    for (int length = 4; length < ONE_LAYER.length; length++) {
      assertThat(read(java.util.Arrays.copyOf(ONE_LAYER, length), null)).isFalse();
    }
  }

  @Test
  void knowsLayersAndSwitchesOfThreeByThree() {
    var dependencies = new SyntheticDependencies(3, 3);
    assertThat(read(dependencies.of(packet(0, 0, 0, true)), null)).isTrue();
    DependencyStructure structure = Objects.requireNonNull(descriptor.structure());
    assertThat(structure.decodeTargets()).isEqualTo(9);
    assertThat(structure.decodeTargetsUpTo(3, 3)).isEqualTo(0b111_111_111);
    assertThat(structure.decodeTargetsUpTo(0, 1)).isEqualTo(0b000_000_011);
    assertThat(structure.decodeTargetsUpTo(1, 0)).isEqualTo(0b000_001_001);
    assertThat(descriptor.switches()).isEqualTo(0b0111_0111_0111);

    assertThat(read(dependencies.of(packet(1, 1, 0, false)), structure)).isTrue();
    assertThat(descriptor.spatialId()).isEqualTo(1);
    assertThat(descriptor.switches()).isEqualTo(0b0111_0000);
    assertThat(read(dependencies.of(packet(1, 2, 1, false)), structure)).isTrue();
    assertThat(descriptor.temporalId()).isEqualTo(1);
    assertThat(descriptor.switches()).isEqualTo(0b0100_0000_0000);
    assertThat(read(dependencies.of(packet(1, 2, 2, false)), structure)).isTrue();
    assertThat(descriptor.switches()).isZero();
  }

  @Test
  void masksDecodeTargetsAndKeepsTheRest() {
    var dependencies = new SyntheticDependencies(3, 3);
    byte[] key = dependencies.of(packet(0, 0, 0, true));
    assertThat(read(key, null)).isTrue();
    DependencyStructure structure = Objects.requireNonNull(descriptor.structure());
    for (byte[] each : new byte[][] {key, dependencies.of(packet(1, 1, 2, false))}) {
      ByteBuffer copy = ByteBuffer.allocate(300);
      int length =
          DependencyDescriptor.copyMasked(
              ByteBuffer.wrap(each), 0, each.length, structure, 0b11011, copy, 2);
      assertThat(length).isBetween(each.length + 1, each.length + DependencyDescriptor.MAX_GROWTH);
      assertThat(read(each, structure)).isTrue();
      int spatial = descriptor.spatialId();
      int frame = descriptor.frameNumber();
      assertThat(descriptor.wrap(copy, 2, length, structure)).isTrue();
      assertThat(descriptor.spatialId()).isEqualTo(spatial);
      assertThat(descriptor.frameNumber()).isEqualTo(frame);
      assertThat(descriptor.structure()).isSameAs(structure);

      // A mask that is there is cut, and takes no more room.
      ByteBuffer twice = ByteBuffer.allocate(300);
      int same = DependencyDescriptor.copyMasked(copy, 2, length, structure, 0b11011, twice, 0);
      assertThat(twice.slice(0, length)).isEqualTo(copy.slice(2, length));
      assertThat(same).isEqualTo(length);
    }
  }
}
