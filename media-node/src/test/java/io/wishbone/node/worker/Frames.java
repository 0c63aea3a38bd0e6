package io.wishbone.node.worker;

import io.wishbone.webrtc.sim.ReceivedPacket;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What a decoder makes of the packets of a viewer's picture: frames whose packets are all there,
/// from a keyframe on, each after the one before it.
final class Frames {
  /// A frame that can be shown.
  ///
  /// @param atNanos when it and all that it needs was there
  record Frame(long timestamp, boolean keyframe, int bytes, long atNanos) {}

  private final List<Frame> shown = new ArrayList<>();
  private long broken;

  private Frames() {}

  static Frames of(List<ReceivedPacket> received) {
    var frames = new Frames();
    List<ReceivedPacket> packets =
        received.stream().sorted(Comparator.comparingLong(ReceivedPacket::packetIndex)).toList();
    boolean decodable = false;
    long ready = Long.MIN_VALUE;
    int at = 0;
    while (at < packets.size()) {
      int end = at + 1;
      boolean whole = true;
      long timestamp = packets.get(at).timestamp();
      while (end < packets.size() && packets.get(end).timestamp() == timestamp) {
        whole &= isNext(packets, end);
        end++;
      }
      whole &= packets.get(end - 1).marker();
      boolean keyframe = ViewerPackets.startsKeyframe(packets.get(at));
      decodable = whole && (keyframe || decodable && isNext(packets, at));
      if (decodable) {
        int bytes = 0;
        for (ReceivedPacket packet : packets.subList(at, end)) {
          ready = Math.max(ready, packet.atNanos());
          bytes += packet.payload().length;
        }
        frames.shown.add(new Frame(timestamp, keyframe, bytes, ready));
      } else if (end < packets.size() && !ViewerPackets.startsKeyframe(packets.get(end))) {
        frames.broken++;
      }
      at = end;
    }
    return frames;
  }

  private static boolean isNext(List<ReceivedPacket> packets, int at) {
    return at > 0 && packets.get(at).packetIndex() == packets.get(at - 1).packetIndex() + 1;
  }

  /// Bits a second of the payloads that came within a time.
  static long bitrate(List<ReceivedPacket> packets, long fromNanos, long toNanos) {
    long bytes = 0;
    for (ReceivedPacket packet : packets) {
      bytes +=
          packet.atNanos() > fromNanos && packet.atNanos() <= toNanos
              ? packet.payload().length
              : 0;
    }
    return bytes * 8 * 1_000_000_000L / (toNanos - fromNanos);
  }

  List<Frame> shown() {
    return shown;
  }

  /// Frames that came and cannot be shown, but for those that a keyframe has overtaken, and for the
  /// last one, which may be on its way.
  long broken() {
    return broken;
  }

  /// The share of the time after `fromNanos` in which a player stands still, one that has a buffer
  /// of so much: every gap between two frames counts that is longer than that and a tenth of a
  /// second.
  double frozen(long fromNanos, long toNanos, long bufferNanos) {
    long frozen = 0;
    long before = fromNanos;
    for (Frame frame : shown) {
      if (frame.atNanos() > fromNanos && frame.atNanos() <= toNanos) {
        frozen += gap(before, frame.atNanos(), bufferNanos);
        before = frame.atNanos();
      }
    }
    frozen += gap(before, toNanos, bufferNanos);
    return (double) frozen / (toNanos - fromNanos);
  }

  private static long gap(long from, long to, long bufferNanos) {
    long gap = to - from - bufferNanos;
    return gap > 100_000_000 ? gap : 0;
  }
}
