package io.wishbone.node.relay;

import io.wishbone.node.forward.SourcePacket;
import io.wishbone.node.session.RelaySession;
import io.wishbone.node.stream.Encoding;
import io.wishbone.node.stream.MediaStream;
import io.wishbone.node.stream.RtpSink;
import io.wishbone.node.stream.Track;
import io.wishbone.webrtc.Outbox;
import io.wishbone.webrtc.nack.PacketHistory;
import io.wishbone.webrtc.nack.RetransmissionBudget;
import io.wishbone.webrtc.nack.Verdict;
import io.wishbone.webrtc.rtcp.FullIntraRequest;
import io.wishbone.webrtc.rtcp.Goodbye;
import io.wishbone.webrtc.rtcp.Nack;
import io.wishbone.webrtc.rtcp.PictureLossIndication;
import io.wishbone.webrtc.rtcp.ReceiverReport;
import io.wishbone.webrtc.rtcp.Remb;
import io.wishbone.webrtc.rtcp.ReportBlock;
import io.wishbone.webrtc.rtcp.RtcpCodec;
import io.wishbone.webrtc.rtcp.RtcpPacket;
import io.wishbone.webrtc.rtcp.SenderReport;
import io.wishbone.webrtc.rtcp.SourceDescription;
import io.wishbone.webrtc.rtcp.TransportFeedback;
import io.wishbone.webrtc.rtcp.UnknownRtcp;
import io.wishbone.webrtc.rtp.RtpPacket;
import io.wishbone.webrtc.rtp.SequenceNumbers;
import io.wishbone.webrtc.transport.PeerTransport;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sends an edge every packet of every encoding, byte for byte under its own packet index, once
/// more when the edge has lost it, and passes the edge's requests for keyframes on to the source.
///
/// It serves the one source that the edge was told about. When that is followed by another, nothing
/// more is sent: other encodings may have the same SSRCs, and two packets under one index must
/// never be encrypted with one key.
public final class RelaySink implements RelaySession, RtpSink {
  /// Until the encodings have been measured.
  private static final long FIRST_BITRATE = 4_000_000;

  private final PeerTransport transport;
  private final MediaStream stream;
  private final Outbox outbox;
  private final List<Track> described;
  private final RetransmissionBudget budget =
      new RetransmissionBudget(RetransmissionBudget.USUAL_SHARE, FIRST_BITRATE);
  private final SentEncodings sent;
  private final RelayReports reports;
  private boolean served = true;
  private long packets;

  /// @param described the tracks that the edge was told about
  /// @param ssrc under which we speak for ourselves
  /// @param canonicalName under which our reports go out
  public RelaySink(
      PeerTransport transport,
      MediaStream stream,
      List<Track> described,
      Outbox outbox,
      long ssrc,
      String canonicalName) {
    this.transport = transport;
    this.stream = stream;
    this.outbox = outbox;
    this.described = List.copyOf(described);
    this.sent = new SentEncodings(described, budget);
    this.reports = new RelayReports(sent, transport, ssrc, canonicalName);
  }

  /// RTP packets sent so far.
  public long packets() {
    return packets;
  }

  @Override
  public boolean isServed() {
    return served;
  }

  @Override
  public void onConnected(long nowNanos) {
    stream.add(this, nowNanos);
    served &= stream.hasSource();
    reports.start(nowNanos);
  }

  @Override
  public void onSourceAttached(List<Track> tracks, long nowNanos) {
    served &= tracks.equals(described);
  }

  @Override
  public void onSourceDetached(long nowNanos) {
    served = false;
  }

  @Override
  public void onPacket(Track track, SourcePacket packet) {
    if (!served) {
      return;
    }
    RtpPacket rtp = packet.rtp();
    if (send(rtp.buffer(), rtp.offset(), rtp.length(), packet.index())) {
      packets++;
      sent.sent(track, packet);
    }
  }

  private boolean send(ByteBuffer buffer, int from, int length, long index) {
    int offset = outbox.claim(length + transport.rtpOverhead());
    outbox.buffer().put(offset, buffer, from, length);
    return transport.sendRtp(offset, length, (int) (index >>> 16));
  }

  /// An edge sends no media.
  @Override
  public void onRtp(ByteBuffer buffer, int offset, int length, long packetIndex, long nowNanos) {}

  @Override
  public void onRtcp(ByteBuffer buffer, int offset, int length, long nowNanos) {
    if (!served) {
      return;
    }
    for (RtcpPacket packet : RtcpCodec.parse(buffer, offset, length)) {
      switch (packet) {
        case PictureLossIndication loss -> pictureLost(loss.mediaSsrc(), nowNanos);
        case FullIntraRequest request ->
            request.entries().forEach(entry -> pictureLost(entry.ssrc(), nowNanos));
        case Nack nack -> packetsLost(nack, nowNanos);
        case ReceiverReport report -> onReports(report.reports(), nowNanos);
        case SenderReport report -> onReports(report.reports(), nowNanos);
        case Goodbye _, Remb _, SourceDescription _, TransportFeedback _, UnknownRtcp _ -> {
          // An edge that leaves says so by DTLS; nobody asked for the others.
        }
      }
    }
  }

  private void onReports(List<ReportBlock> blocks, long nowNanos) {
    for (ReportBlock block : blocks) {
      if (sent.find(block.ssrc()) != null) {
        reports.onReportBlock(block, nowNanos);
      }
    }
  }

  /// The very same packets once more: their numbers are the source's, and so are the edge's.
  private void packetsLost(Nack nack, long nowNanos) {
    SentEncoding encoding = sent.find(nack.mediaSsrc());
    if (encoding == null) {
      return;
    }
    PacketHistory history = encoding.encoding().history();
    long newest = encoding.highest();
    for (int number : nack.sequenceNumbers()) {
      long index = newest + SequenceNumbers.distance(number, (int) newest & 0xFFFF);
      Verdict verdict =
          index > newest
              ? Verdict.NOT_HERE
              : encoding.nacks().judge(history, index, index, reports.roundTripNanos(), nowNanos);
      if (verdict == Verdict.SEND) {
        int slot = history.find(index);
        send(history.buffer(slot), history.offset(slot), history.length(slot), index);
      }
    }
    if (encoding.nacks().pollKeyframeNeeded()) {
      pictureLost(nack.mediaSsrc(), nowNanos);
    }
  }

  private void pictureLost(long ssrc, long nowNanos) {
    Encoding encoding = find(ssrc);
    if (encoding != null) {
      stream.requestKeyframe(encoding, nowNanos);
    }
  }

  private @Nullable Encoding find(long ssrc) {
    for (Track track : described) {
      for (Encoding encoding : track.encodings()) {
        if (encoding.ssrc() == ssrc) {
          return track.codec().isVideo() ? encoding : null;
        }
      }
    }
    return null;
  }

  @Override
  public long nextTimeoutNanos() {
    return reports.nextTimeoutNanos();
  }

  @Override
  public void handleTimeout(long nowNanos) {
    if (served) {
      budget.onBitrate(Math.max(FIRST_BITRATE, sent.bitrate()));
      reports.handleTimeout(nowNanos);
    } else {
      reports.stop();
    }
  }

  @Override
  public void detach(long nowNanos) {
    stream.remove(this);
  }
}
