package io.wishbone.webrtc.stats;

import io.wishbone.webrtc.rtcp.ReportBlock;

/// Round trip time from the report blocks that come back for our sender reports (RFC 3550 section
/// 6.4.1, LSR and DLSR).
///
/// Remembers when each of the latest sender reports left, instead of reading it out of the NTP time
/// that comes back: that is then free to be any clock's (see [SenderClock]), and a block that names
/// a report that we never sent changes nothing.
public final class RoundTripTime {

  /// Reports remembered. At one a second, a block may be 8 seconds late.
  private static final int REMEMBERED = 8;

  /// Weight of a new sample, as in RFC 6298.
  private static final int SMOOTHING = 8;

  private final long[] middles = new long[REMEMBERED];
  private final long[] sentNanos = new long[REMEMBERED];
  private int count;
  private long latest = -1;
  private long smoothed = -1;

  /// A sender report with this NTP time leaves now.
  public void onReportSent(NtpTime ntp, long nowNanos) {
    int slot = count++ % REMEMBERED;
    middles[slot] = ntp.middle();
    sentNanos[slot] = nowNanos;
  }

  /// Takes a report block about our stream. True when it gave a new measurement.
  public boolean onReportBlock(ReportBlock block, long nowNanos) {
    if (block.lastSenderReport() == 0) {
      return false;
    }
    for (int i = 0; i < Math.min(count, REMEMBERED); i++) {
      if (middles[i] == block.lastSenderReport()) {
        return measure(nowNanos - sentNanos[i] - delayNanos(block));
      }
    }
    return false;
  }

  private boolean measure(long sample) {
    if (sample < 0) {
      return false;
    }
    latest = sample;
    smoothed = smoothed < 0 ? sample : smoothed + (sample - smoothed) / SMOOTHING;
    return true;
  }

  private static long delayNanos(ReportBlock block) {
    return (block.delaySinceLastSenderReport() * 1_000_000_000L) >> 16;
  }

  /// The latest measurement, or -1 when there is none.
  public long latestNanos() {
    return latest;
  }

  /// A moving average of the measurements, or -1 when there is none.
  public long smoothedNanos() {
    return smoothed;
  }
}
