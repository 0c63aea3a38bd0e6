package io.wishbone.node.session;

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

  /// From now on, packets are of this encoding.
  void begin(@Nullable Encoding next) {
    encoding = next;
  }

  /// The packet was sent.
  void advance(SourcePacket packet, EgressNumbering numbering) {
    long sent = numbering.index(packet.index());
    if (started && sent <= index) {
      return;
    }
    started = true;
    index = sent;
    sourceTimestamp = packet.rtp().timestamp();
    timestamp = numbering.timestamp(sourceTimestamp);
    arrivalNanos = packet.arrivalNanos();
    Vp8Descriptor vp8 = packet.vp8();
    if (vp8 != null) {
      pictureId = numbering.pictureId(vp8.pictureId());
      temporalZero = numbering.temporalZero(vp8.tl0PicIdx());
    }
  }

  /// The numbering under which this packet of another encoding is the next one.
  EgressNumbering follow(SourcePacket packet, @Nullable Encoding next, int clockRate) {
    long elapsed = Math.max(1, elapsedTicks(packet, next, clockRate));
    EgressNumbering numbering =
        EgressNumbering.beginning(
            packet.index(),
            packet.rtp().timestamp(),
            index + 1,
            RtpTimestamps.plus(timestamp, elapsed));
    Vp8Descriptor vp8 = packet.vp8();
    return vp8 == null
        ? numbering
        : numbering.withPictureOffsets(
            pictureId + 1 - vp8.pictureId(), temporalZero + 1 - vp8.tl0PicIdx());
  }

  /// Encodings of one source share its wall clock, which tells exactly how far apart two of their
  /// timestamps are. Where the source has not reported it, or is another one, arrival has to do.
  private long elapsedTicks(SourcePacket packet, @Nullable Encoding next, int clockRate) {
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
