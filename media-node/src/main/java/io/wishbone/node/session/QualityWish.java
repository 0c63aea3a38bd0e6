package io.wishbone.node.session;

import io.wishbone.node.allocation.Qualities;
import io.wishbone.node.allocation.QualityChoice;
import io.wishbone.node.forward.LayerSelector;
import io.wishbone.node.forward.LayerTarget;
import io.wishbone.node.stream.Encoding;
import io.wishbone.node.stream.LayerChoice;
import io.wishbone.node.stream.Track;

/// Which quality of a track a viewer is to get: what it has chosen, or else what its path has room
/// for. A quality is an encoding and a [LayerTarget] in it.
final class QualityWish {
  private final QualityChoice quality = new QualityChoice();
  private LayerChoice choice = LayerChoice.AUTOMATIC;

  /// The source is another one. What the viewer has chosen outlives it.
  void reset() {
    quality.reset();
  }

  void choose(LayerChoice next) {
    choice = next;
  }

  /// The encoding that the viewer is to get.
  int encoding(Track source) {
    if (!choice.isAutomatic()) {
      return source.closestTo(choice);
    }
    int fitting = encoding();
    return fitting == LayerSelector.NONE || !source.sends(fitting) ? source.preferred() : fitting;
  }

  private int encoding() {
    return quality.current() == QualityChoice.NONE
        ? LayerSelector.NONE
        : quality.current() / LayerTarget.COUNT;
  }

  /// See [io.wishbone.node.stream.RtpSink#prefetch].
  int prefetch() {
    return quality.current();
  }

  /// The layers that the viewer is to get of an encoding.
  int target(int encoding) {
    int limit = choice.target();
    return choice.isAutomatic() && encoding() == encoding
        ? LayerTarget.meet(limit, quality.current() % LayerTarget.COUNT)
        : limit;
  }

  /// Whether an encoding would be it if it were sent.
  ///
  /// @param room what is left for the picture, bits a second
  boolean mayMean(Encoding candidate, long room) {
    return choice.isAutomatic() ? candidate.potentialBitrate() <= room : choice.mayMean(candidate);
  }

  /// Looks for what the path has room for, unless the viewer has chosen. True: that has changed.
  ///
  /// @param room what is left for the picture, bits a second
  boolean allocate(Track source, long room, Qualities scratch, long nowNanos) {
    if (!choice.isAutomatic()) {
      return false;
    }
    int before = quality.current();
    scratch.clear();
    source.describe(
        choice.target(),
        (encoding, target, bitrate) -> scratch.add(encoding * LayerTarget.COUNT + target, bitrate));
    return quality.choose(scratch, room, nowNanos) != before;
  }
}
