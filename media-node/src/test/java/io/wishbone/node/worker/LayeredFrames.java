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
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What a decoder makes of the packets of a viewer of a layered picture: frames whose packets are
/// all there, and all that they refer to.
///
/// As browsers do it, a picture is decoded as a whole: when all of it that came can be, up to the
/// packet with the marker bit. One of which an upper layer was lost stops those that refer to it,
/// also in the lower ones.
final class LayeredFrames {
  private static final int SPATIALS = 8;

  /// A picture that can be shown.
  ///
  /// @param spatial its highest layer
  /// @param atNanos when the lowest one, and all that it needs, was there
  record Picture(int number, int spatial, int temporal, boolean keyframe, long atNanos) {}

  private static final class Frame {
    private final LayeredPacket about;
    private final Set<Integer> numbers = new HashSet<>();
    private long atNanos;
    private long firstNumber = Long.MAX_VALUE;
    private boolean marked;
    private boolean decodable;

    private Frame(LayeredPacket about) {
      this.about = about;
    }

    private boolean isWhole() {
      return numbers.size() == about.count();
    }
  }

  private final List<Picture> pictures = new ArrayList<>();
  private final TreeSet<Long> numbers = new TreeSet<>();
  private final TreeSet<Long> keyframes = new TreeSet<>();
  private int undecodable;
  private int unexplained;
  private int broken;
  private int fillers;

  private LayeredFrames() {}

  static LayeredFrames of(List<ReceivedPacket> received) {
    var result = new LayeredFrames();
    Map<Integer, Frame> frames = new TreeMap<>();
    for (ReceivedPacket packet : received) {
      result.numbers.add(packet.packetIndex());
      LayeredPacket about = LayeredPacket.of(packet);
      if (about == null) {
        result.fillers++;
        continue;
      }
      Frame frame =
          frames.computeIfAbsent(key(about.picture(), about.spatial()), _ -> new Frame(about));
      frame.numbers.add(about.number());
      frame.firstNumber = Math.min(frame.firstNumber, packet.packetIndex());
      frame.atNanos = Math.max(frame.atNanos, packet.atNanos());
      frame.marked |= packet.marker();
      if (about.keyframe() && about.spatial() == 0 && about.number() == 0) {
        result.keyframes.add(packet.packetIndex());
      }
    }
    Map<Integer, List<Frame>> units = new TreeMap<>();
    for (Frame frame : frames.values()) {
      units.computeIfAbsent(frame.about.picture(), _ -> new ArrayList<>()).add(frame);
    }
    units.values().forEach(unit -> result.decode(unit, frames));
    return result;
  }

  private static int key(int picture, int spatial) {
    return picture * SPATIALS + spatial;
  }

  private void decode(List<Frame> unit, Map<Integer, Frame> frames) {
    unit.forEach(frame -> decode(frame, frames));
    Frame lowest = unit.getFirst();
    boolean shown =
        lowest.about.spatial() == 0
            && unit.getLast().marked
            && unit.stream().allMatch(frame -> frame.decodable);
    long atNanos = unit.stream().mapToLong(frame -> frame.atNanos).max().orElseThrow();
    for (Frame frame : unit) {
      frame.decodable &= shown;
      frame.atNanos = atNanos;
    }
    if (shown) {
      LayeredPacket about = lowest.about;
      pictures.add(
          new Picture(
              about.picture(), unit.size() - 1, about.temporal(), about.keyframe(), atNanos));
    }
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
    if (!frame.decodable) {
      undecodable++;
      unexplained += followsLoss(frame.firstNumber) ? 0 : 1;
    }
  }

  /// Whether a packet before this one never came, since the latest keyframe before it.
  private boolean followsLoss(long number) {
    Long keyframe = keyframes.floor(number);
    return keyframe == null // the first packet of all
        || numbers.subSet(keyframe, number).size() < number - keyframe;
  }

  private static boolean takes(Frame frame, @Nullable Frame needed) {
    if (needed == null || !needed.decodable) {
      return false;
    }
    frame.atNanos = Math.max(frame.atNanos, needed.atNanos);
    return true;
  }

  List<Picture> pictures() {
    return pictures;
  }

  /// Frames that came as a whole and cannot be decoded.
  int undecodable() {
    return undecodable;
  }

  /// Such frames that did not follow on a packet that was lost for good: the viewer should not have
  /// been sent them.
  int unexplained() {
    return unexplained;
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
