package io.wishbone.webrtc.stats;

import io.wishbone.webrtc.rtcp.SenderReport;
import io.wishbone.webrtc.rtp.RtpTimestamps;
import org.jspecify.annotations.Nullable;

/// How the RTP timestamps of one source relate to its wall clock, learned from its sender reports.
///
/// A report gives one point (NTP, RTP) of a line whose slope is the clock rate. Everything else is
/// read off that line: when a timestamp was captured, and which pair an egress sender report states
/// now. Such a pair is the reported one moved along the line by the time that has passed since; so
/// it lies on the line however late the report arrived, and sound and picture, whose lines share
/// the publisher's wall clock, stay in step at every viewer. The NTP times of egress reports are
/// therefore the publisher's, not ours, and any node that relays the stream states the same line; a
/// round trip is measured by [RoundTripTime] without them.
///
/// Of a source that sends no reports, the arrival of its packets can be taken for their capture:
/// [#onPacket]. Such a guess never replaces what a report has said. All tracks of a publisher must
/// state times of one clock: while [#isReported] differs between them, those that guess should keep
/// silent.
public final class SenderClock {

  private final int clockRate;

  private @Nullable NtpTime ntp;
  private long rtpTimestamp;
  private long pointNanos;
  private boolean reported;

  public SenderClock(int clockRate) {
    this.clockRate = clockRate;
  }

  /// One point of the line: at this NTP time, a sample would carry this RTP timestamp.
  public record Reading(NtpTime ntp, long rtpTimestamp) {}

  /// Learns from a report of the source; the latest counts.
  public void onSenderReport(SenderReport report, long arrivalNanos) {
    ntp = new NtpTime(report.ntpTimestamp());
    rtpTimestamp = report.rtpTimestamp();
    pointNanos = arrivalNanos;
    reported = true;
  }

  /// Guesses from a packet, as long as no report has come. The packet that was delayed least tells
  /// best, so a guess only moves for one that came earlier than expected.
  ///
  /// @param wallClock our own time at the arrival
  public void onPacket(long rtpTimestamp, NtpTime wallClock, long arrivalNanos) {
    if (reported) {
      return;
    }
    NtpTime expected = ntpAt(rtpTimestamp);
    if (expected == null || wallClock.nanosSince(expected) < 0) {
      this.ntp = wallClock;
      this.rtpTimestamp = rtpTimestamp;
      this.pointNanos = arrivalNanos;
    }
  }

  /// Whether the line comes from the source itself.
  public boolean isReported() {
    return reported;
  }

  /// When this timestamp was captured by the source's wall clock; null when nothing is known yet.
  /// Right for timestamps within half the circle around the latest point.
  public @Nullable NtpTime ntpAt(long rtpTimestamp) {
    NtpTime known = ntp;
    if (known == null) {
      return null;
    }
    return known.plusTicks(RtpTimestamps.distance(rtpTimestamp, this.rtpTimestamp), clockRate);
  }

  /// Which timestamp a sample has that is captured at this time, or -1 when nothing is known yet.
  public long rtpAt(NtpTime time) {
    NtpTime known = ntp;
    if (known == null) {
      return -1;
    }
    return RtpTimestamps.plus(rtpTimestamp, time.ticksSince(known, clockRate));
  }

  /// The pair for a sender report that is sent now, in the source's own RTP timestamps: an egress
  /// adds its constant offset to it. Null when nothing is known yet.
  public @Nullable Reading at(long nowNanos) {
    NtpTime known = ntp;
    if (known == null) {
      return null;
    }
    NtpTime now = known.plusNanos(nowNanos - pointNanos);
    return new Reading(now, rtpAt(now));
  }
}
