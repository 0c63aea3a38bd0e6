package io.wishbone.node.session;

import io.wishbone.node.negotiation.NegotiatedTrack;
import io.wishbone.node.stream.Encoding;
import io.wishbone.node.stream.Track;
import io.wishbone.webrtc.rtp.RtpPacket;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Finds the encoding that a publisher's packet belongs to.
///
/// In the order of RFC 9143 section 9.2, the MID extension names the section; without it, the SSRC
/// says what was learned of it; when nothing was, the payload type does, which is unique in a
/// BUNDLE (OBS and FFmpeg send no MID). With simulcast, the RID extension names the encoding (RFC
/// 8852). What was learned stays, since browsers stop sending the extensions after a while, until a
/// packet of the same SSRC names another section.
final class EncodingRouter {
  /// SSRCs remembered, of which there is one an encoding. A publisher that keeps changing them
  /// loses the one that has been silent longest.
  private static final int MAX_SOURCES = 16;

  private static final long SILENT_NANOS = 5_000_000_000L;

  private final List<NegotiatedTrack> negotiated;
  private final List<Track> tracks;
  private final List<SectionNames> names;
  private final MediaDrops drops;
  private final long localSsrc;
  private final List<IncomingEncoding> known = new ArrayList<>();

  /// @param tracks the stream's tracks, in the order of what was negotiated
  /// @param localSsrc under which we ask for what is missing
  EncodingRouter(
      List<NegotiatedTrack> negotiated, List<Track> tracks, MediaDrops drops, long localSsrc) {
    this.negotiated = List.copyOf(negotiated);
    this.tracks = List.copyOf(tracks);
    this.names = negotiated.stream().map(SectionNames::of).toList();
    this.drops = drops;
    this.localSsrc = localSsrc;
  }

  /// All encodings that packets have come for.
  List<IncomingEncoding> known() {
    return known;
  }

  /// The encoding of a packet; null, and counted, when there is none for it.
  @Nullable IncomingEncoding route(RtpPacket packet, long nowNanos) {
    IncomingEncoding encoding = find(packet.ssrc());
    if (encoding != null && !mayBeOf(encoding.section(), packet)) {
      IncomingEncoding anew = learn(packet, nowNanos);
      if (anew != null) {
        known.remove(encoding);
      }
      return anew;
    }
    if (encoding == null) {
      return routeUnknown(packet, nowNanos);
    }
    if (encoding.negotiated().format().isMedia(packet.payloadType())) {
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

  /// It is of an encoding that is new, or repairs one.
  private @Nullable IncomingEncoding routeUnknown(RtpPacket packet, long nowNanos) {
    for (int i = 0; i < known.size(); i++) {
      IncomingEncoding repaired = known.get(i);
      if (repaired.rtxSsrc() == packet.ssrc()
          && repaired.negotiated().format().isRetransmission(packet.payloadType())
          && mayBeOf(repaired.section(), packet)) {
        return repaired;
      }
    }
    return learn(packet, nowNanos);
  }

  private @Nullable IncomingEncoding learn(RtpPacket packet, long nowNanos) {
    for (int i = 0; i < negotiated.size(); i++) {
      NegotiatedTrack candidate = negotiated.get(i);
      if (!mayBeOf(i, packet)) {
        continue;
      }
      if (candidate.format().isRetransmission(packet.payloadType())) {
        return learnRetransmission(i, packet);
      }
      if (candidate.format().isMedia(packet.payloadType())) {
        return learn(i, packet, nowNanos);
      }
    }
    return dropped(MediaDropReason.UNKNOWN_PAYLOAD_TYPE);
  }

  /// A packet that names another section is not this one's, whatever its payload type.
  private boolean mayBeOf(int section, RtpPacket packet) {
    return names.get(section).mayName(packet);
  }

  private @Nullable IncomingEncoding learn(int section, RtpPacket packet, long nowNanos) {
    NegotiatedTrack candidate = negotiated.get(section);
    String rid = names.get(section).encoding(packet);
    if (rid == null && !candidate.rids().isEmpty()) {
      return dropped(MediaDropReason.UNKNOWN_ENCODING);
    }
    if (known.size() == MAX_SOURCES && !forgetSilent(nowNanos)) {
      return dropped(MediaDropReason.TOO_MANY_SOURCES);
    }
    return add(section, packet.ssrc(), rid, nowNanos);
  }

  /// Learns of an encoding before a packet of it has come; null when there are too many.
  @Nullable IncomingEncoding expect(int section, long ssrc, @Nullable String rid, long nowNanos) {
    IncomingEncoding before = find(ssrc);
    return before != null || known.size() == MAX_SOURCES
        ? before
        : add(section, ssrc, rid, nowNanos);
  }

  private IncomingEncoding add(int section, long ssrc, @Nullable String rid, long nowNanos) {
    Track track = tracks.get(section);
    Encoding encoding = track.add(ssrc, rid, nowNanos);
    var incoming =
        new IncomingEncoding(section, negotiated.get(section), track, encoding, localSsrc);
    known.add(incoming);
    return incoming;
  }

  /// Retransmissions name the encoding that they repair (RFC 8852 section 3.2), unless there is one
  /// only. What repairs an encoding that has not come yet is of no use.
  private @Nullable IncomingEncoding learnRetransmission(int section, RtpPacket packet) {
    String rid = names.get(section).repairedEncoding(packet);
    if (rid == null && !negotiated.get(section).rids().isEmpty()) {
      return dropped(MediaDropReason.RETRANSMISSION);
    }
    for (int i = known.size() - 1; i >= 0; i--) {
      IncomingEncoding candidate = known.get(i);
      if (candidate.section() == section && Objects.equals(candidate.encoding().rid(), rid)) {
        candidate.rtxSsrc(packet.ssrc());
        return candidate;
      }
    }
    return dropped(MediaDropReason.RETRANSMISSION);
  }

  private boolean forgetSilent(long nowNanos) {
    return known.removeIf(
        incoming -> nowNanos - incoming.encoding().lastPacketNanos() > SILENT_NANOS);
  }

  private @Nullable IncomingEncoding dropped(MediaDropReason reason) {
    drops.count(reason);
    return null;
  }
}
