package io.wishbone.webrtc.stats;

import io.wishbone.webrtc.rtcp.ReportBlock;
import io.wishbone.webrtc.rtcp.SenderReport;
import io.wishbone.webrtc.rtp.RtpTimestamps;

/// Counts the packets of one incoming stream and makes report blocks of it.
///
/// Follows RFC 3550: sequence numbers are validated as in appendix A.1 (without probation), loss is
/// computed as in A.3, jitter as in A.8. Jitter looks at packets that arrive in order only, so that
/// retransmissions on the stream's own SSRC do not count as jitter.
public final class ReceptionStatistics {

  private static final int MAX_DROPOUT = 3000;
  private static final int MAX_MISORDER = 100;
  private static final int SEQUENCE_NUMBERS = 1 << 16;
  private static final int NO_BAD_SEQUENCE = SEQUENCE_NUMBERS + 1;
  private static final int MAX_CUMULATIVE_LOST = 0x7F_FFFF;
  private static final int MIN_CUMULATIVE_LOST = -0x80_0000;

  /// A larger step between two transit times is a break in the stream, not jitter.
  private static final int MAX_TRANSIT_STEP_SECONDS = 5;

  private final long ssrc;
  private final int clockRate;

  private boolean started;
  private int maxSequence;
  private long cycles;
  private long baseSequence;
  private int badSequence = NO_BAD_SEQUENCE;
  private long received;
  private long expectedPrior;
  private long receivedPrior;

  private long lastTimestamp;
  private long lastArrivalNanos;
  private boolean transitKnown;

  /// Scaled by 16, as in appendix A.8.
  private long scaledJitter;

  private boolean senderReported;
  private long lastSenderReport;
  private long lastSenderReportNanos;

  public ReceptionStatistics(long ssrc, int clockRate) {
    this.ssrc = ssrc;
    this.clockRate = clockRate;
  }

  /// Counts a packet. False when its number is so far off that it is not counted; a second packet
  /// that follows on it means that the source has started anew.
  public boolean onPacket(int sequenceNumber, long rtpTimestamp, long arrivalNanos) {
    if (!started) {
      started = true;
      restart(sequenceNumber);
      received++;
      updateJitter(rtpTimestamp, arrivalNanos);
      return true;
    }
    int ahead = (sequenceNumber - maxSequence) & 0xFFFF;
    if (ahead < MAX_DROPOUT) {
      if (sequenceNumber < maxSequence) {
        cycles += SEQUENCE_NUMBERS;
      }
      maxSequence = sequenceNumber;
      if (ahead > 0) {
        updateJitter(rtpTimestamp, arrivalNanos);
      }
    } else if (ahead <= SEQUENCE_NUMBERS - MAX_MISORDER) {
      if (sequenceNumber != badSequence) {
        badSequence = (sequenceNumber + 1) & 0xFFFF;
        return false;
      }
      restart(sequenceNumber);
      updateJitter(rtpTimestamp, arrivalNanos);
    }
    received++;
    return true;
  }

  private void restart(int sequenceNumber) {
    baseSequence = sequenceNumber;
    maxSequence = sequenceNumber;
    badSequence = NO_BAD_SEQUENCE;
    cycles = 0;
    received = 0;
    receivedPrior = 0;
    expectedPrior = 0;
    transitKnown = false;
  }

  private void updateJitter(long rtpTimestamp, long arrivalNanos) {
    if (transitKnown) {
      long elapsedTicks = ticks(arrivalNanos - lastArrivalNanos);
      long step = Math.abs(elapsedTicks - RtpTimestamps.distance(rtpTimestamp, lastTimestamp));
      if (step <= (long) MAX_TRANSIT_STEP_SECONDS * clockRate) {
        scaledJitter += step - ((scaledJitter + 8) >> 4);
      }
    }
    transitKnown = true;
    lastTimestamp = rtpTimestamp;
    lastArrivalNanos = arrivalNanos;
  }

  private long ticks(long nanos) {
    return nanos / 1_000_000_000L * clockRate + nanos % 1_000_000_000L * clockRate / 1_000_000_000L;
  }

  /// Remembers the source's latest sender report, which report blocks refer to.
  public void onSenderReport(SenderReport report, long arrivalNanos) {
    senderReported = true;
    lastSenderReport = new NtpTime(report.ntpTimestamp()).middle();
    lastSenderReportNanos = arrivalNanos;
  }

  /// The report block that is due now. Begins a new interval for the fraction lost.
  public ReportBlock report(long nowNanos) {
    long expected = expected();
    long expectedInterval = expected - expectedPrior;
    long lostInterval = expectedInterval - (received - receivedPrior);
    expectedPrior = expected;
    receivedPrior = received;
    int fraction =
        expectedInterval <= 0 || lostInterval <= 0
            ? 0
            : (int) Math.min(255, (lostInterval << 8) / expectedInterval);
    return new ReportBlock(
        ssrc,
        fraction,
        Math.clamp(cumulativeLost(), MIN_CUMULATIVE_LOST, MAX_CUMULATIVE_LOST),
        highestSequence() & 0xFFFF_FFFFL,
        jitter(),
        senderReported ? lastSenderReport : 0,
        senderReported ? delaySinceSenderReport(nowNanos) : 0);
  }

  private long delaySinceSenderReport(long nowNanos) {
    long elapsed = Math.max(0, nowNanos - lastSenderReportNanos);
    long units =
        ((elapsed / 1_000_000_000L) << 16) | (elapsed % 1_000_000_000L << 16) / 1_000_000_000L;
    return Math.min(units, 0xFFFF_FFFFL);
  }

  /// Whether any packet has been counted yet; until then a report would say nothing.
  public boolean isStarted() {
    return started;
  }

  public long ssrc() {
    return ssrc;
  }

  /// The highest sequence number seen, extended by the wraps.
  public long highestSequence() {
    return cycles + maxSequence;
  }

  /// Packets counted, duplicates included.
  public long received() {
    return received;
  }

  /// Packets that should have come.
  public long expected() {
    return started ? highestSequence() - baseSequence + 1 : 0;
  }

  /// Packets that did not come; negative when there were more duplicates than losses.
  public long cumulativeLost() {
    return expected() - received;
  }

  /// Interarrival jitter in ticks of the RTP clock.
  public long jitter() {
    return scaledJitter >> 4;
  }
}
