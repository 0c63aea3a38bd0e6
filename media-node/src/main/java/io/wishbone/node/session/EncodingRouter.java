package io.wishbone.node.session;

import io.wishbone.node.negotiation.NegotiatedTrack;
import io.wishbone.node.stream.Encoding;
import io.wishbone.node.stream.Track;
import io.wishbone.webrtc.rtp.HeaderExtensionUris;
import io.wishbone.webrtc.rtp.RtpPacket;
import io.wishbone.webrtc.stats.ReceptionStatistics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds the encoding that a publisher's packet belongs to.
///
/// The SSRC says it once it is known. Before, the MID extension names the section, or else the
/// payload type, which is unique in a BUNDLE (RFC 9143 section 9.2; OBS and FFmpeg send no MID);
/// with simulcast, the RID extension names the encoding (RFC 8852). What was learned stays:
/// browsers stop sending the extensions after a while.
final class EncodingRouter {
  /// SSRCs remembered, of which there is one an encoding. A publisher that keeps changing them
  /// loses the one that has been silent longest.
  private static final int MAX_SOURCES = 16;

  private static final long SILENT_NANOS = 5_000_000_000L;

  private final List<NegotiatedTrack> negotiated;
  private final List<Track> tracks;
  private final MediaDrops drops;
  private final List<IncomingEncoding> known = new ArrayList<>();

  /// @param tracks the stream's tracks, in the order of what was negotiated
  EncodingRouter(List<NegotiatedTrack> negotiated, List<Track> tracks, MediaDrops drops) {
    this.negotiated = List.copyOf(negotiated);
    this.tracks = List.copyOf(tracks);
    this.drops = drops;
  }

  /// All encodings that packets have come for.
  List<IncomingEncoding> known() {
    return known;
  }

  /// The encoding of a packet; null, and counted, when there is none for it.
  @Nullable IncomingEncoding route(RtpPacket packet, long nowNanos) {
    IncomingEncoding encoding = find(packet.ssrc());
    if (encoding == null) {
      return learn(packet, nowNanos);
    }
    if (packet.payloadType() == encoding.negotiated().format().payloadType()) {
      return encoding;
    }
    return dropped(MediaDropReason.UNKNOWN_PAYLOAD_TYPE);
  }

  @Nullable IncomingEncoding find(long ssrc) {
    for (int i = 0; i < known.size(); i++) {
      if (known.get(i).encoding().ssrc() == ssrc) {
        return known.get(i);
      }
    }
    return null;
  }

  private @Nullable IncomingEncoding learn(RtpPacket packet, long nowNanos) {
    for (int i = 0; i < negotiated.size(); i++) {
      NegotiatedTrack candidate = negotiated.get(i);
      if (!isMeant(candidate, packet)) {
        continue;
      }
      if (candidate.format().isRetransmission(packet.payloadType())) {
        return dropped(MediaDropReason.RETRANSMISSION);
      }
      if (candidate.format().payloadType() == packet.payloadType()) {
        return learn(candidate, tracks.get(i), packet, nowNanos);
      }
    }
    return dropped(MediaDropReason.UNKNOWN_PAYLOAD_TYPE);
  }

  /// A packet that names another section is not this one's, whatever its payload type.
  private static boolean isMeant(NegotiatedTrack candidate, RtpPacket packet) {
    String mid = text(packet, candidate.extensionId(HeaderExtensionUris.MID));
    return mid == null || mid.equals(candidate.mid());
  }

  private @Nullable IncomingEncoding learn(
      NegotiatedTrack candidate, Track track, RtpPacket packet, long nowNanos) {
    String rid = null;
    if (!candidate.rids().isEmpty()) {
      rid = text(packet, candidate.extensionId(HeaderExtensionUris.RID));
      if (rid == null || !candidate.rids().contains(rid)) {
        return dropped(MediaDropReason.UNKNOWN_ENCODING);
      }
    }
    if (known.size() == MAX_SOURCES && !forgetSilent(nowNanos)) {
      return dropped(MediaDropReason.TOO_MANY_SOURCES);
    }
    Encoding encoding = track.add(packet.ssrc(), rid, nowNanos);
    var incoming =
        new IncomingEncoding(
            candidate,
            track,
            encoding,
            new ReceptionStatistics(packet.ssrc(), track.codec().clockRate()));
    known.add(incoming);
    return incoming;
  }

  private boolean forgetSilent(long nowNanos) {
    return known.removeIf(
        incoming -> nowNanos - incoming.encoding().lastPacketNanos() > SILENT_NANOS);
  }

  private static @Nullable String text(RtpPacket packet, int extensionId) {
    int offset = extensionId == 0 ? -1 : packet.extensionOffset(extensionId);
    if (offset < 0) {
      return null;
    }
    byte[] bytes = new byte[packet.extensionLength(extensionId)];
    packet.buffer().get(offset, bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private @Nullable IncomingEncoding dropped(MediaDropReason reason) {
    drops.count(reason);
    return null;
  }
}
