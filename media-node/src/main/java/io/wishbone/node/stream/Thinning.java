package io.wishbone.node.stream;

import io.wishbone.node.forward.LayerTarget;

/// What an encoding is thinned to for a viewer whose path does not carry all of it.
///
/// Of each spatial layer, the highest temporal layer may be left out, which halves the frames. More
/// of them are only left out of the smallest picture that there is: before that, a smaller picture
/// is better. Layers that the viewer has named are not left out, and none is added to them.
///
/// ```
/// three spatial and three temporal layers          simulcast of three, with three temporal layers
///
///   spatial 2:  -  15  30 frames a second            h:   -  15  30
///   spatial 1:  -  15  30                            m:   -  15  30
///   spatial 0: 7.5 15  30                            l:  7.5 15  30
/// ```
public final class Thinning {
  private Thinning() {}

  /// Takes note of qualities.
  public interface Reader {
    /// @param target the layers of the encoding
    /// @param bitrate what they take, bits a second
    void quality(int encoding, int target, long bitrate);
  }

  static void describe(Encoding encoding, boolean lowest, LayerChoice choice, Reader reader) {
    int topSpatial = encoding.topSpatial();
    int topTemporal = encoding.topTemporal();
    int most = choice.target(encoding);
    int spatials = Math.min(topSpatial, LayerTarget.spatial(most));
    int temporals = Math.min(topTemporal, LayerTarget.temporal(most));
    int leastSpatial = Math.min(spatials, LayerTarget.spatial(choice.floor()));
    int leastTemporal = Math.min(temporals, LayerTarget.temporal(choice.floor()));
    for (int spatial = leastSpatial; spatial <= spatials; spatial++) {
      boolean smallest = lowest && spatial == leastSpatial;
      int least = smallest ? 0 : Math.min(temporals, Math.max(0, topTemporal - 1));
      for (int temporal = Math.max(least, leastTemporal); temporal <= temporals; temporal++) {
        int target =
            LayerTarget.of(
                spatial == topSpatial ? LayerTarget.LAYERS : spatial,
                temporal == topTemporal ? LayerTarget.LAYERS : temporal);
        reader.quality(encoding.id(), target, encoding.bitrate(target));
      }
    }
  }
}
