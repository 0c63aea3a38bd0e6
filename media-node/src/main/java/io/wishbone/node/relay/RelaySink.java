package io.wishbone.node.relay;

import io.wishbone.node.forward.SourcePacket;
import io.wishbone.node.session.RelaySession;
import io.wishbone.node.stream.Encoding;
import io.wishbone.node.stream.MediaStream;
import io.wishbone.node.stream.RtpSink;
import io.wishbone.node.stream.Track;
import io.wishbone.webrtc.Outbox;
import io.wishbone.webrtc.rtcp.FullIntraRequest;
import io.wishbone.webrtc.rtcp.PictureLossIndication;
import io.wishbone.webrtc.rtcp.RtcpCodec;
import io.wishbone.webrtc.rtcp.RtcpPacket;
import io.wishbone.webrtc.rtp.RtpPacket;
import io.wishbone.webrtc.transport.PeerTransport;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sends an edge every packet of every encoding, byte for byte under its own packet index, and
/// passes the edge's requests for keyframes on to the source.
///
/// It serves the one source that the edge was told about. When that is followed by another, nothing
/// more is sent: other encodings may have the same SSRCs, and two packets under one index must
/// never be encrypted with one key.
public final class RelaySink implements RelaySession, RtpSink {
  private final PeerTransport transport;
  private final MediaStream stream;
  private final Outbox outbox;
  private final List<Track> described;
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
    this.reports = new RelayReports(described, transport, ssrc, canonicalName);
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
    int length = rtp.length();
    int offset = outbox.claim(length + transport.rtpOverhead());
    outbox.buffer().put(offset, rtp.buffer(), rtp.offset(), length);
    if (transport.sendRtp(offset, length, (int) (packet.index() >>> 16))) {
      packets++;
      reports.sent(track, packet);
    }
  }

  /// An edge sends no media.
  @Override
  public void onRtp(ByteBuffer buffer, int offset, int length, long packetIndex, long nowNanos) {}

  @Override
  public void onRtcp(ByteBuffer buffer, int offset, int length, long nowNanos) {
    for (RtcpPacket packet : RtcpCodec.parse(buffer, offset, length)) {
      if (packet instanceof PictureLossIndication loss) {
        pictureLost(loss.mediaSsrc(), nowNanos);
      } else if (packet instanceof FullIntraRequest request) {
        request.entries().forEach(entry -> pictureLost(entry.ssrc(), nowNanos));
      }
    }
  }

  private void pictureLost(long ssrc, long nowNanos) {
    Encoding encoding = find(ssrc);
    if (encoding != null && served) {
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
