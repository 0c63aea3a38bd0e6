package io.wishbone.node.relay;

import io.wishbone.node.stream.Encoding;
import io.wishbone.webrtc.rtcp.ReceiverReport;
import io.wishbone.webrtc.rtcp.ReportBlock;
import io.wishbone.webrtc.rtcp.RtcpPacket;
import io.wishbone.webrtc.rtcp.SenderReport;
import io.wishbone.webrtc.rtcp.SourceDescription;
import io.wishbone.webrtc.stats.RoundTripTime;
import io.wishbone.webrtc.stats.SenderClock;
import io.wishbone.webrtc.transport.PeerTransport;
import java.util.List;

/// Tells an edge how the source's timestamps relate to the source's wall clock, encoding by
/// encoding: what it states lies on the line that the source has reported, and so does what the
/// edge tells its viewers. A viewer is in step to the tick, however many hops away.
///
/// What the parent itself has only guessed is passed on when it would tell it its own viewers: not
/// before the source has been silent about its clock for a while.
///
/// Something is said every second in any case: an edge takes a parent that says nothing for dead.
final class RelayReports {
  private static final long INTERVAL_NANOS = 1_000_000_000L;
  private static final long FIRST_INTERVAL_NANOS = 100_000_000L;
  private static final int FIRST_ATTEMPTS = 50;

  /// Publishers report every second at first, browsers' sound every 5 seconds later on.
  private static final long REPORT_PATIENCE_NANOS = 5_000_000_000L;

  private final SentEncodings sent;
  private final PeerTransport transport;
  private final long ssrc;
  private final String canonicalName;
  private final RoundTripTime roundTrip = new RoundTripTime();
  private long nextNanos = Long.MAX_VALUE;
  private int attempts;
  private long lastSaidNanos = Long.MIN_VALUE;

  /// @param ssrc ours, for saying that there is nothing to say
  RelayReports(SentEncodings sent, PeerTransport transport, long ssrc, String canonicalName) {
    this.ssrc = ssrc;
    this.sent = sent;
    this.transport = transport;
    this.canonicalName = canonicalName;
  }

  void start(long nowNanos) {
    nextNanos = nowNanos + FIRST_INTERVAL_NANOS;
  }

  void stop() {
    nextNanos = Long.MAX_VALUE;
  }

  long nextTimeoutNanos() {
    return nextNanos;
  }

  /// Reports go out every second; more often at first, until there is one for each encoding.
  void handleTimeout(long nowNanos) {
    if (nowNanos < nextNanos) {
      return;
    }
    boolean all = !sent.all().isEmpty();
    for (SentEncoding each : sent.all()) {
      all &= report(each, nowNanos);
    }
    if (lastSaidNanos == Long.MIN_VALUE || nowNanos - lastSaidNanos >= INTERVAL_NANOS) {
      say(List.of(new ReceiverReport(ssrc, List.of())), nowNanos);
    }
    attempts = all ? FIRST_ATTEMPTS : attempts + 1;
    nextNanos = nowNanos + (attempts >= FIRST_ATTEMPTS ? INTERVAL_NANOS : FIRST_INTERVAL_NANOS);
  }

  private boolean report(SentEncoding each, long nowNanos) {
    SenderClock clock = each.encoding().senderClock();
    SenderClock.Reading reading = clock.at(nowNanos);
    if (reading == null || !(clock.isReported() || mayGuess(each.encoding(), nowNanos))) {
      return false;
    }
    List<RtcpPacket> packets =
        List.of(
            new SenderReport(
                each.encoding().ssrc(),
                reading.ntp().bits(),
                reading.rtpTimestamp(),
                each.packets() & 0xFFFF_FFFFL,
                each.octets() & 0xFFFF_FFFFL,
                List.of()),
            SourceDescription.ofCanonicalName(each.encoding().ssrc(), canonicalName));
    say(packets, nowNanos);
    roundTrip.onReportSent(reading.ntp(), nowNanos);
    return true;
  }

  private void say(List<RtcpPacket> packets, long nowNanos) {
    transport.sendRtcp(packets);
    lastSaidNanos = nowNanos;
  }

  void onReportBlock(ReportBlock block, long nowNanos) {
    roundTrip.onReportBlock(block, nowNanos);
  }

  /// The latest round trip to the edge, -1 when it is not known.
  long roundTripNanos() {
    return roundTrip.latestNanos();
  }

  /// Once the source has reported one clock, a guess for another would not be in step with it.
  private boolean mayGuess(Encoding encoding, long nowNanos) {
    for (SentEncoding each : sent.all()) {
      if (each.encoding().senderClock().isReported()) {
        return false;
      }
    }
    return nowNanos - encoding.firstPacketNanos() >= REPORT_PATIENCE_NANOS;
  }
}
