package io.wishbone.node.session;

import io.wishbone.node.forward.CatchUp;
import io.wishbone.node.forward.EgressNumbering;
import io.wishbone.node.forward.SourcePacket;
import io.wishbone.node.stream.Encoding;
import io.wishbone.webrtc.payload.Vp8Descriptor;
import io.wishbone.webrtc.rtp.RtpTimestamps;
import io.wishbone.webrtc.stats.NtpTime;
import org.jspecify.annotations.Nullable;

/// The newest packet that a viewer was sent, for a switch to follow on it. No number of a packet
/// depends on this, except at a switch.
final class EgressPosition {
  private boolean started;
  private @Nullable Encoding encoding;
  private long index;
  private long timestamp;
  private long liveTimestamp;
  private long sourceIndex;
  private long sourceTimestamp;
  private long arrivalNanos;
  private int pictureId;
  private int temporalZero;

  boolean isStarted() {
    return started;
  }

  /// The viewer's index of the newest packet.
  long index() {
    return index;
  }

  /// The source's index of the newest packet.
  long sourceIndex() {
    return sourceIndex;
  }

  /// The source's timestamp of the newest packet.
  long sourceTimestamp() {
    return sourceTimestamp;
  }

  /// Whether the newest packet is of this encoding.
  boolean isOf(@Nullable Encoding other) {
    return started && encoding != null && encoding == other;
  }

  /// Whether the newest packet comes before this one of the same encoding.
  boolean isBefore(SourcePacket packet) {
    return !started || sourceIndex < packet.index();
  }

  /// Whether the newest packet is of the same frame as this one of the same encoding.
  boolean isOfFrame(SourcePacket packet) {
    return started && sourceTimestamp == packet.rtp().timestamp();
  }

  /// The packet was sent.
  void advance(SourcePacket packet, @Nullable Encoding of, EgressNumbering numbering) {
    long sent = numbering.index(packet);
    if (started && sent <= index) {
      return;
    }
    started = true;
    if (encoding != of) {
      // Storing a reference costs more than comparing it, with a collector that watches stores.
      encoding = of;
    }
    index = sent;
    sourceIndex = packet.index();
    sourceTimestamp = packet.rtp().timestamp();
    timestamp = numbering.timestamp(packet);
    liveTimestamp = numbering.timestamp(sourceTimestamp);
    arrivalNanos = packet.arrivalNanos();
    Vp8Descriptor vp8 = packet.vp8();
    if (vp8 != null && packet.layers().isWithin(numbering.target())) {
      pictureId = numbering.pictureId(packet, vp8.pictureId());
      temporalZero = numbering.temporalZero(vp8.tl0PicIdx());
    }
  }

  /// What was planned behind the other one is not sent after all.
  void rewind(EgressPosition other) {
    started = other.started;
    encoding = other.encoding;
    index = other.index;
    sourceIndex = other.sourceIndex;
    timestamp = other.timestamp;
    liveTimestamp = other.liveTimestamp;
    sourceTimestamp = other.sourceTimestamp;
    arrivalNanos = other.arrivalNanos;
    pictureId = other.pictureId;
    temporalZero = other.temporalZero;
  }

  /// The numbering under which this packet of another encoding is the next one.
  ///
  /// @param target the layers that are sent of it
  EgressNumbering follow(SourcePacket packet, @Nullable Encoding next, int target, int clockRate) {
    long newest = timestampAt(packet, next, clockRate);
    return withPictures(EgressNumbering.beginning(packet, target, index + 1, newest), packet);
  }

  /// How far the viewer's timestamps may reach back from this packet, in ticks.
  long room(SourcePacket packet, @Nullable Encoding next, int clockRate) {
    return RtpTimestamps.distance(timestampAt(packet, next, clockRate), timestamp) - 1L;
  }

  /// The numbering under which a packet of the past is the next one, and the newest one comes at
  /// its time.
  ///
  /// @param target the layers that are sent of it
  /// @param newestTimestamp the viewer's timestamp of the newest packet: see [#timestampAt]
  EgressNumbering followPast(SourcePacket first, int target, CatchUp past, long newestTimestamp) {
    return withPictures(
        EgressNumbering.beginning(
                first,
                target,
                index + 1,
                RtpTimestamps.plus(
                    newestTimestamp,
                    RtpTimestamps.distance(first.rtp().timestamp(), past.lastTimestamp())))
            .catchingUp(past),
        first);
  }

  private EgressNumbering withPictures(EgressNumbering numbering, SourcePacket packet) {
    Vp8Descriptor vp8 = packet.vp8();
    return vp8 == null
        ? numbering
        : numbering.withPictureOffsets(
            packet, pictureId + 1 - vp8.pictureId(), temporalZero + 1 - vp8.tl0PicIdx());
  }

  /// The viewer's timestamp of this packet of another encoding: later than any it has got.
  long timestampAt(SourcePacket packet, @Nullable Encoding next, int clockRate) {
    long due = RtpTimestamps.plus(liveTimestamp, elapsedTicks(packet, next, clockRate));
    return RtpTimestamps.isNewer(due, timestamp) ? due : RtpTimestamps.plus(timestamp, 1);
  }

  /// Encodings of one source share its wall clock, which tells exactly how far apart two of their
  /// timestamps are. Where the source has not reported it, or is another one, arrival has to do.
  private long elapsedTicks(SourcePacket packet, @Nullable Encoding next, int clockRate) {
    if (encoding != null && next == encoding) {
      return RtpTimestamps.distance(packet.rtp().timestamp(), sourceTimestamp);
    }
    if (encoding != null && next != null && isSameClock(encoding, next)) {
      NtpTime before = encoding.senderClock().ntpAt(sourceTimestamp);
      NtpTime now = next.senderClock().ntpAt(packet.rtp().timestamp());
      if (before != null && now != null) {
        return now.ticksSince(before, clockRate);
      }
    }
    long elapsedNanos = packet.arrivalNanos() - arrivalNanos;
    return elapsedNanos / 1_000_000 * clockRate / 1000;
  }

  private boolean isSameClock(Encoding before, Encoding next) {
    return before.senderClock().isReported()
        && next.senderClock().isReported()
        && before.isOfSameTrack(next);
  }
}
