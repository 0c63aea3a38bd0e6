package io.wishbone.webrtc.peer;

import io.wishbone.webrtc.rtcp.ReceiverReport;
import io.wishbone.webrtc.rtcp.ReportBlock;
import io.wishbone.webrtc.rtcp.RtcpPacket;
import io.wishbone.webrtc.rtcp.SenderReport;
import io.wishbone.webrtc.rtcp.SourceDescription;
import io.wishbone.webrtc.rtp.RtpPacket;
import io.wishbone.webrtc.stats.NtpTime;
import io.wishbone.webrtc.stats.ReceptionStatistics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// The reports that a peer sends once a second: what it sent, and what it received.
///
/// NTP times are the monotonic clock's: receivers use them to align the tracks of one sender, for
/// which any common clock does (RFC 3550 section 6.4.1).
final class PeerReports {
  private static final long INTERVAL_NANOS = 1_000_000_000L;
  private static final int MAX_SOURCES = 16;

  private final long ssrc;
  private final Map<Long, ReceptionStatistics> sources = new LinkedHashMap<>();
  private long nextNanos = Long.MAX_VALUE;

  PeerReports(RandomGenerator random) {
    ssrc = random.nextLong(1, 1L << 32);
  }

  /// Who the reports of a peer that only receives are from.
  long ssrc() {
    return ssrc;
  }

  void start(long nowNanos) {
    nextNanos = nowNanos + INTERVAL_NANOS;
  }

  long nextTimeoutNanos() {
    return nextNanos;
  }

  void received(NegotiatedTrack track, RtpPacket packet, long nowNanos) {
    ReceptionStatistics source = sources.get(packet.ssrc());
    if (source == null) {
      if (sources.size() >= MAX_SOURCES) {
        return;
      }
      source = new ReceptionStatistics(packet.ssrc(), track.codec().clockRate());
      sources.put(packet.ssrc(), source);
    }
    source.onPacket(packet.sequenceNumber(), packet.timestamp(), nowNanos);
  }

  void received(List<RtcpPacket> packets, long nowNanos) {
    for (RtcpPacket packet : packets) {
      if (packet instanceof SenderReport report) {
        ReceptionStatistics source = sources.get(report.senderSsrc());
        if (source != null) {
          source.onSenderReport(report, nowNanos);
        }
      }
    }
  }

  /// The compound packet that is due now; it is never empty.
  List<RtcpPacket> due(List<NegotiatedTrack> tracks, long nowNanos) {
    nextNanos = nowNanos + INTERVAL_NANOS;
    List<RtcpPacket> packets = new ArrayList<>();
    for (NegotiatedTrack track : tracks) {
      for (OutgoingEncoding encoding : track.encodings()) {
        if (encoding.packets() > 0) {
          packets.add(senderReport(track, encoding, nowNanos));
          packets.add(SourceDescription.ofCanonicalName(encoding.ssrc(), "wishbone"));
        }
      }
    }
    if (packets.isEmpty()) {
      List<ReportBlock> blocks =
          sources.values().stream().map(source -> source.report(nowNanos)).toList();
      packets.add(new ReceiverReport(ssrc, blocks));
      packets.add(SourceDescription.ofCanonicalName(ssrc, "wishbone"));
    }
    return packets;
  }

  private static SenderReport senderReport(
      NegotiatedTrack track, OutgoingEncoding encoding, long nowNanos) {
    long elapsed = nowNanos - encoding.lastNanos();
    long ticks = elapsed * track.codec().clockRate() / 1_000_000_000L;
    return new SenderReport(
        encoding.ssrc(),
        NtpTime.ofEpochNanos(nowNanos).bits(),
        (encoding.lastTimestamp() + ticks) & 0xffff_ffffL,
        encoding.packets() & 0xffff_ffffL,
        encoding.octets() & 0xffff_ffffL,
        List.of());
  }
}
