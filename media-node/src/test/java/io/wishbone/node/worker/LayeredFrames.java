package io.wishbone.node.worker;

import io.wishbone.webrtc.sim.LayeredPacket;
import io.wishbone.webrtc.sim.ReceivedPacket;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What a decoder makes of the packets of a viewer of a layered picture: frames whose packets are
/// all there, and all that they refer to.
final class LayeredFrames {
  private static final int SPATIALS = 8;

  /// A picture that can be shown.
  ///
  /// @param spatial its highest layer that can be decoded
  /// @param atNanos when the lowest one, and all that it needs, was there
  record Picture(int number, int spatial, int temporal, boolean keyframe, long atNanos) {}

  private static final class Frame {
    private final LayeredPacket about;
    private final Set<Integer> numbers = new HashSet<>();
    private long atNanos;
    private boolean decodable;

    private Frame(LayeredPacket about) {
      this.about = about;
    }

    private boolean isWhole() {
      return numbers.size() == about.count();
    }
  }

  private final List<Picture> pictures = new ArrayList<>();
  private int undecodable;
  private int broken;
  private int fillers;

  private LayeredFrames() {}

  static LayeredFrames of(List<ReceivedPacket> received) {
    var result = new LayeredFrames();
    Map<Integer, Frame> frames = new TreeMap<>();
    for (ReceivedPacket packet : received) {
      LayeredPacket about = LayeredPacket.of(packet);
      if (about == null) {
        result.fillers++;
        continue;
      }
      Frame frame =
          frames.computeIfAbsent(key(about.picture(), about.spatial()), _ -> new Frame(about));
      frame.numbers.add(about.number());
      frame.atNanos = Math.max(frame.atNanos, packet.atNanos());
    }
    frames.values().forEach(frame -> result.decode(frame, frames));
    for (Frame frame : frames.values()) {
      if (frame.about.spatial() == 0 && frame.decodable) {
        result.pictures.add(result.picture(frame, frames));
      }
    }
    return result;
  }

  private static int key(int picture, int spatial) {
    return picture * SPATIALS + spatial;
  }

  private void decode(Frame frame, Map<Integer, Frame> frames) {
    if (!frame.isWhole()) {
      broken++;
      return;
    }
    LayeredPacket about = frame.about;
    frame.decodable =
        (about.keyframe() || takes(frame, frames.get(key(about.needed(), about.spatial()))))
            && (about.spatial() == 0
                || takes(frame, frames.get(key(about.picture(), about.spatial() - 1))));
    undecodable += frame.decodable ? 0 : 1;
  }

  private static boolean takes(Frame frame, Frame needed) {
    if (needed == null || !needed.decodable) {
      return false;
    }
    frame.atNanos = Math.max(frame.atNanos, needed.atNanos);
    return true;
  }

  private Picture picture(Frame lowest, Map<Integer, Frame> frames) {
    int spatial = 0;
    Frame above = frames.get(key(lowest.about.picture(), 1));
    while (above != null && above.decodable) {
      spatial++;
      above = frames.get(key(lowest.about.picture(), spatial + 1));
    }
    LayeredPacket about = lowest.about;
    return new Picture(
        about.picture(), spatial, about.temporal(), about.keyframe(), lowest.atNanos);
  }

  List<Picture> pictures() {
    return pictures;
  }

  /// Frames that came as a whole and cannot be decoded.
  int undecodable() {
    return undecodable;
  }

  /// Frames of which a part came.
  int broken() {
    return broken;
  }

  /// Packets without payload.
  int fillers() {
    return fillers;
  }

  List<Picture> between(long fromNanos, long toNanos) {
    return pictures.stream()
        .filter(picture -> picture.atNanos() > fromNanos && picture.atNanos() <= toNanos)
        .sorted(Comparator.comparingLong(Picture::atNanos))
        .toList();
  }

  int topSpatial(long fromNanos, long toNanos) {
    return between(fromNanos, toNanos).stream().mapToInt(Picture::spatial).max().orElse(-1);
  }

  int topTemporal(long fromNanos, long toNanos) {
    return between(fromNanos, toNanos).stream().mapToInt(Picture::temporal).max().orElse(-1);
  }

  /// The milliseconds for which a player stands still, one that has a buffer of so many: of every
  /// gap between two pictures that is longer than that and 300 ms, since the lowest temporal layer
  /// alone has a picture each 133 ms.
  long frozenMillis(long fromNanos, long toNanos, long bufferMillis) {
    long frozen = 0;
    long before = fromNanos;
    for (Picture picture : between(fromNanos, toNanos)) {
      frozen += gap(before, picture.atNanos(), bufferMillis);
      before = Math.max(before, picture.atNanos());
    }
    return (frozen + gap(before, toNanos, bufferMillis)) / 1_000_000;
  }

  private static long gap(long from, long to, long bufferMillis) {
    long gap = to - from - bufferMillis * 1_000_000;
    return gap > 300_000_000L ? gap : 0;
  }
}
