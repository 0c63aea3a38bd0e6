package io.wishbone.node.session;

import io.wishbone.node.forward.SourcePacket;
import io.wishbone.node.stream.Encoding;
import io.wishbone.webrtc.nack.PacketHistory;
import org.jspecify.annotations.Nullable;

/// What a viewer is still to get of an encoding's past, and of what came behind it meanwhile: a
/// place in the encoding's history, from which packets go to the pacer one by one as it sends
/// others. So a group of pictures of any size waits for any number of viewers without a copy, a
/// list, or a bound of its own.
///
/// ```
///   history   [ keyframe ...... | next ............ last ]  <-- packets that come
///               sent or in the    still to be read
///               pacer
/// ```
final class Replay {
  /// Who has not caught up by then is better off with a new keyframe, if the publisher makes one.
  private static final long LATE_NANOS = 2_000_000_000L;

  /// With more holes than that there is nothing to see. It bounds the work for a source that leaps
  /// from number to number.
  private static final int MAX_MISSING = 1024;

  private @Nullable Encoding encoding;
  private long next;
  private long last;
  private long lastTimestamp;
  private long bytes;
  private int missing;
  private boolean broken;
  private long startNanos;
  private boolean late;

  /// Begins with the present group of pictures.
  ///
  /// @param newest index of the newest packet of it
  /// @param newestTimestamp of that packet
  void begin(Encoding of, long newest, long newestTimestamp, long nowNanos) {
    encoding = of;
    next = of.history().group().first();
    last = newest;
    lastTimestamp = newestTimestamp;
    bytes = of.history().group().bytes();
    missing = 0;
    broken = false;
    startNanos = nowNanos;
    late = false;
  }

  /// Nothing of the past is to be sent any more.
  void end() {
    encoding = null;
    bytes = 0;
    broken = false;
    late = false;
  }

  /// Whether anything is still to be read.
  boolean isOn() {
    return encoding != null;
  }

  /// Bytes that are still to be read.
  long bytes() {
    return bytes;
  }

  /// Whether it takes so long that a keyframe would help.
  boolean isLate() {
    return late;
  }

  /// Takes a packet that has come in, if it is one that will be read in its turn.
  boolean hold(SourcePacket packet) {
    if (!isAhead(packet)) {
      return false;
    }
    bytes += packet.rtp().length();
    if (packet.index() > last) {
      last = packet.index();
      lastTimestamp = packet.rtp().timestamp();
    }
    return true;
  }

  private boolean isAhead(SourcePacket packet) {
    return encoding != null && packet.encoding() == encoding.id() && packet.index() >= next;
  }

  /// Whether a keyframe begins with the packet behind all that is still to be read.
  boolean isFollowedBy(SourcePacket packet) {
    return isAhead(packet) && packet.index() > last && packet.rtp().timestamp() != lastTimestamp;
  }

  /// The next packet, null when there is none: ask [#isBroken] then. It is the worker's scratch
  /// packet, good until the next one is loaded.
  @Nullable SourcePacket read(EgressFlow flow, long nowNanos) {
    Encoding from = encoding;
    while (from != null && next <= last) {
      long index = next++;
      SourcePacket packet = flow.load(from, index);
      if (packet != null) {
        bytes -= packet.rtp().length();
        late = nowNanos - startNanos > LATE_NANOS;
        if (next > last) {
          end();
        }
        return packet;
      }
      if (isLost(from.history(), index)) {
        end();
        broken = true;
        return null;
      }
    }
    end();
    return null;
  }

  /// A packet that is missing may still come, by itself. One that has been given up is missed by
  /// all behind it.
  private boolean isLost(PacketHistory history, long index) {
    missing++;
    return missing > MAX_MISSING || history.isGone(index);
  }

  /// Whether what was to be read is not there any more, so that only a keyframe helps.
  boolean isBroken() {
    return broken;
  }
}
