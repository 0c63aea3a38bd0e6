package io.wishbone.node.session;

import io.wishbone.node.forward.SourcePacket;
import org.jspecify.annotations.Nullable;

/// The latest segments of a track of a viewer. A packet is repaired under the numbering it was sent
/// under, also after the viewer was switched to another encoding.
final class EgressSegments {
  /// More switches than there are within the time for which packets are kept.
  private static final int REMEMBERED = 16;

  private final @Nullable EgressSegment[] ring = new EgressSegment[REMEMBERED];
  private int newest = REMEMBERED - 1;

  /// From here on, packets are of this segment.
  void add(EgressSegment segment) {
    newest = (newest + 1) % REMEMBERED;
    ring[newest] = segment;
  }

  /// The segment under which the source's packet goes out, which is of the present encoding but may
  /// be older than the latest change of layers; null when its time is over.
  @Nullable EgressSegment of(SourcePacket packet) {
    for (int i = 0; i < REMEMBERED; i++) {
      EgressSegment segment = ring[(newest - i + REMEMBERED) % REMEMBERED];
      if (segment == null) {
        return null;
      }
      if (packet.index() >= segment.numbering().firstIndex()) {
        return segment.numbering().covers(packet) ? segment : null;
      }
      if (!segment.continues()) {
        return null;
      }
    }
    return null;
  }

  /// The segment that the viewer's packet is of; null when it is not known any more.
  @Nullable EgressSegment of(long viewerIndex) {
    for (int i = 0; i < REMEMBERED; i++) {
      EgressSegment segment = ring[(newest - i + REMEMBERED) % REMEMBERED];
      if (segment == null || segment.firstIndex() <= viewerIndex) {
        return segment;
      }
    }
    return null;
  }
}
