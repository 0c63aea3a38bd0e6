package io.wishbone.node.session;

import io.wishbone.node.allocation.Qualities;
import io.wishbone.node.allocation.QualityChoice;
import io.wishbone.node.forward.LayerSelector;
import io.wishbone.node.forward.LayerTarget;
import io.wishbone.node.stream.Encoding;
import io.wishbone.node.stream.LayerChoice;
import io.wishbone.node.stream.Track;

/// Which quality of a track a viewer is to get: of what its [LayerChoice] leaves open, what its
/// path has room for. A quality is an encoding and a [LayerTarget] in it.
final class QualityWish {
  /// A part of an encoding takes this share of it at least, as far as is known here: what it takes
  /// is not known any more when nobody has use for it.
  private static final int LEAST_SHARE = 4;

  private final QualityChoice quality = new QualityChoice();
  private LayerChoice choice = LayerChoice.AUTOMATIC;

  /// The source is another one. What the viewer has chosen outlives it.
  void reset() {
    quality.reset();
  }

  void choose(LayerChoice next) {
    choice = next;
    quality.reset();
  }

  /// The encoding that the viewer is to get.
  int encoding(Track source) {
    int fitting = encoding();
    return fitting == LayerSelector.NONE || !source.sends(fitting)
        ? source.closestTo(choice)
        : fitting;
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

  /// The layers that the viewer is to get of an encoding of the track.
  int target(Track source, int encoding) {
    Encoding sent = choice.isLimited() ? source.encoding(encoding) : null;
    int limit = sent == null ? choice.target() : choice.target(sent);
    return encoding() == encoding
        ? LayerTarget.meet(limit, quality.current() % LayerTarget.COUNT)
        : limit;
  }

  /// Whether an encoding would be it if it were sent.
  ///
  /// @param room what is left for the picture, bits a second
  boolean mayMean(Encoding candidate, long room) {
    if (!choice.mayMean(candidate)) {
      return false;
    }
    int share = LayerTarget.isAll(choice.target(candidate)) ? 1 : LEAST_SHARE;
    return choice.rid() != null || candidate.potentialBitrate() / share <= room;
  }

  /// Looks for what the path has room for, of what the viewer has left open. True: that has
  /// changed.
  ///
  /// @param room what is left for the picture, bits a second
  boolean allocate(Track source, long room, Qualities scratch, long nowNanos) {
    int before = quality.current();
    scratch.clear();
    source.describe(
        choice,
        (encoding, target, bitrate) -> scratch.add(encoding * LayerTarget.COUNT + target, bitrate));
    return quality.choose(scratch, room, nowNanos) != before;
  }
}
