package io.wishbone.webrtc.payload;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The layers of an encoding, its decode targets, and templates for its frames, as a keyframe's
/// [DependencyDescriptor] tells them (AV1 RTP specification, appendix A.8.2). Immutable.
///
/// A decode target is a set of frames that can be decoded without the others: in practice all
/// frames up to a spatial and a temporal layer. Of these layers, four each are told apart.
public final class DependencyStructure {

  /// Spatial and temporal layers are told apart up to this number.
  public static final int LAYERS = 4;

  private static final int TEMPLATE_IDS = 64;
  private static final int SAME_LAYER = 0;
  private static final int NEXT_TEMPORAL = 1;
  private static final int NEXT_SPATIAL = 2;
  private static final int NOT_PRESENT = 0;
  private static final int SWITCH = 2;

  private final int templateIdOffset;
  private final int decodeTargets;
  private final byte[] spatial = new byte[TEMPLATE_IDS];
  private final byte[] temporal = new byte[TEMPLATE_IDS];
  private int templates;
  private byte[] indications = {};
  private int chains;
  private final byte[] targetSpatial;
  private final byte[] targetTemporal;
  private final int[] switches = new int[TEMPLATE_IDS];
  private int width;
  private int height;
  private int bitLength;

  private DependencyStructure(int templateIdOffset, int decodeTargets) {
    this.templateIdOffset = templateIdOffset;
    this.decodeTargets = decodeTargets;
    this.targetSpatial = new byte[decodeTargets];
    this.targetTemporal = new byte[decodeTargets];
  }

  /// Reads a structure; null when it is cut short or impossible.
  static @Nullable DependencyStructure read(BitReader bits) {
    int start = bits.position();
    var structure = new DependencyStructure((int) bits.bits(6), (int) bits.bits(5) + 1);
    if (!structure.readLayers(bits)) {
      return null;
    }
    structure.readIndications(bits);
    structure.skipFrameDifferences(bits);
    if (!structure.readChains(bits)) {
      return null;
    }
    if (bits.flag()) {
      structure.readResolutions(bits);
    }
    structure.bitLength = bits.position() - start;
    return bits.isFailed() ? null : structure;
  }

  private boolean readLayers(BitReader bits) {
    int s = 0;
    int t = 0;
    while (true) {
      if (templates == TEMPLATE_IDS || bits.isFailed()) {
        return false;
      }
      spatial[templates] = (byte) s;
      temporal[templates] = (byte) t;
      templates++;
      switch ((int) bits.bits(2)) {
        case SAME_LAYER -> {}
        case NEXT_TEMPORAL -> t++;
        case NEXT_SPATIAL -> {
          t = 0;
          s++;
        }
        default -> {
          return true;
        }
      }
    }
  }

  private void readIndications(BitReader bits) {
    indications = new byte[templates * decodeTargets];
    for (int i = 0; i < indications.length; i++) {
      indications[i] = (byte) bits.bits(2);
      int template = i / decodeTargets;
      int target = i % decodeTargets;
      if (indications[i] != NOT_PRESENT) {
        targetSpatial[target] = (byte) Math.max(targetSpatial[target], spatial[template]);
        targetTemporal[target] = (byte) Math.max(targetTemporal[target], temporal[template]);
      }
    }
    for (int i = 0; i < indications.length; i++) {
      if (indications[i] == SWITCH) {
        switches[i / decodeTargets] |= bitOf(i % decodeTargets);
      }
    }
  }

  private void skipFrameDifferences(BitReader bits) {
    for (int i = 0; i < templates; i++) {
      while (bits.flag() && !bits.isFailed()) {
        bits.bits(4);
      }
    }
  }

  private boolean readChains(BitReader bits) {
    chains = bits.nonSymmetric(decodeTargets + 1);
    if (chains > decodeTargets) {
      return false;
    }
    if (chains > 0) {
      for (int i = 0; i < decodeTargets; i++) {
        bits.nonSymmetric(chains);
      }
      for (int i = 0; i < templates * chains && !bits.isFailed(); i++) {
        bits.bits(4);
      }
    }
    return true;
  }

  private void readResolutions(BitReader bits) {
    for (int i = 0; i <= spatial[templates - 1]; i++) {
      width = (int) bits.bits(16) + 1;
      height = (int) bits.bits(16) + 1;
    }
  }

  /// Which template a frame has, or -1 when there is none of this id.
  int template(int id) {
    int template = (id + TEMPLATE_IDS - templateIdOffset) % TEMPLATE_IDS;
    return template < templates ? template : -1;
  }

  int spatialId(int template) {
    return spatial[template];
  }

  int temporalId(int template) {
    return temporal[template];
  }

  int chains() {
    return chains;
  }

  public int decodeTargets() {
    return decodeTargets;
  }

  /// The bit of a decode target in a set of layers: `4 * spatial + temporal`; 0 when its layers are
  /// not told apart.
  private int bitOf(int target) {
    int s = targetSpatial[target];
    int t = targetTemporal[target];
    return s < LAYERS && t < LAYERS ? 1 << (LAYERS * s + t) : 0;
  }

  /// To which layers a frame of this template is a switch: a set as of [#bitOf].
  int switches(int template) {
    return switches[template];
  }

  /// The same of a frame that says so itself.
  int switches(BitReader bits) {
    int set = 0;
    for (int target = 0; target < decodeTargets; target++) {
      if (bits.bits(2) == SWITCH) {
        set |= bitOf(target);
      }
    }
    return set;
  }

  /// The decode targets up to these layers, the lowest bit for the first.
  public long decodeTargetsUpTo(int spatialId, int temporalId) {
    long mask = 0;
    for (int target = 0; target < decodeTargets; target++) {
      if (targetSpatial[target] <= spatialId && targetTemporal[target] <= temporalId) {
        mask |= 1L << target;
      }
    }
    return mask;
  }

  /// Width of the highest spatial layer, 0 when it is not told.
  public int width() {
    return width;
  }

  /// Height of the highest spatial layer, 0 when it is not told.
  public int height() {
    return height;
  }

  /// Bits that it takes in its descriptor.
  int bitLength() {
    return bitLength;
  }

  /// Whether both say the same of all that is looked at.
  boolean isLike(DependencyStructure other) {
    return templateIdOffset == other.templateIdOffset
        && decodeTargets == other.decodeTargets
        && templates == other.templates
        && chains == other.chains
        && bitLength == other.bitLength
        && width == other.width
        && height == other.height
        && Arrays.equals(spatial, other.spatial)
        && Arrays.equals(temporal, other.temporal)
        && Arrays.equals(indications, other.indications);
  }
}
