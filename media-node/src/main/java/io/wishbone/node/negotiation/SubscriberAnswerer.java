package io.wishbone.node.negotiation;

import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.rtp.HeaderExtensionUris;
import io.wishbone.webrtc.sdp.Attribute;
import io.wishbone.webrtc.sdp.Direction;
import io.wishbone.webrtc.sdp.FormatParameters;
import io.wishbone.webrtc.sdp.MediaDescription;
import io.wishbone.webrtc.sdp.MediaKind;
import io.wishbone.webrtc.sdp.Msid;
import io.wishbone.webrtc.sdp.SessionDescription;
import io.wishbone.webrtc.sdp.SsrcAttribute;
import io.wishbone.webrtc.sdp.SsrcGroup;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Answers the offer of somebody who receives (WHEP section 4.3) with what a stream has.
///
/// A section that the stream has nothing for is answered with port 0; only an offer of which
/// nothing is left is refused. Payload types are the viewer's.
///
/// A viewer is told which SSRCs to expect when it could not tell otherwise what they are: with
/// retransmissions, which of two is theirs (Firefox and aiortc do not find out by themselves);
/// without the MID header extension, which track is which (libdatachannel does not go by payload
/// types). All others are told none.
public final class SubscriberAnswerer {
  /// Sound and picture belong to one MediaStream, so that a browser plays them in step.
  static final String STREAM_ID = "wishbone";

  private static final int MAX_ONE_BYTE_ID = 14;

  private SubscriberAnswerer() {}

  /// Answers with what the stream has in a codec that the viewer takes.
  ///
  /// @param source what was agreed on with the stream's publisher
  public static Negotiation answer(
      SessionDescription offer, List<NegotiatedTrack> source, LocalTransport local)
      throws OfferRefusedException {
    Map<MediaDescription, NegotiatedTrack> accepted = accepted(offer, source);
    if (accepted.isEmpty()) {
      throw mismatch(offer, source);
    }
    List<MediaDescription> inOrder = List.copyOf(accepted.keySet());
    Sections.checkIce(offer, local);
    Sections.checkBundle(offer, inOrder);
    agreeOnEstimates(accepted);
    int sections = 0;
    for (var taken : accepted.entrySet()) {
      taken.setValue(findable(taken.getValue(), local.sources(), sections++));
    }
    List<NegotiatedTrack> tracks = List.copyOf(accepted.values());
    List<String> bundle = Sections.bundle(offer, inOrder);
    NegotiatedPeer peer = PeerReader.read(Sections.tagged(bundle, inOrder), inOrder);
    var writer = new AnswerWriter(bundle, local, peer, Direction.SENDONLY);
    for (MediaDescription section : offer.media()) {
      // Taken out, for a later section may read the same.
      NegotiatedTrack track = accepted.remove(section);
      if (track == null) {
        writer.reject(section);
      } else {
        writer.accept(section, track, sending(section, track, local.sources()));
      }
    }
    return new Negotiation(writer.write(), peer, tracks);
  }

  /// A viewer reports either when packets arrive, or what it makes of that itself. Numbered packets
  /// are never sent twice under one sequence number: who wants lost ones again has to take them as
  /// retransmissions.
  private static void agreeOnEstimates(Map<MediaDescription, NegotiatedTrack> accepted) {
    boolean numbered = false;
    boolean repaired = true;
    for (NegotiatedTrack track : accepted.values()) {
      numbered |= reportsArrivals(track) && (accepted.size() == 1 || track.codec().isVideo());
      repaired &=
          !track.feedback().contains(Feedback.PACKET_LOSS) || track.hasRetransmissionStream();
    }
    boolean reports = numbered && repaired;
    accepted.replaceAll((_, track) -> {
      if (!reports) {
        return track.withoutArrivals();
      }
      return (reportsArrivals(track) ? track : track.withoutArrivals()).withoutEstimate();
    });
  }

  private static boolean reportsArrivals(NegotiatedTrack track) {
    int id = track.extensionId(HeaderExtensionUris.TRANSPORT_WIDE_CC);
    return track.feedback().contains(Feedback.TRANSPORT_CC) && id > 0 && id <= MAX_ONE_BYTE_ID;
  }

  /// RFC 9143 section 9.2: a packet names its section by MID, else its SSRC has to be known. Which
  /// SSRC repairs which is known by a group only (RFC 5576 section 4.2).
  private static NegotiatedTrack findable(
      NegotiatedTrack track, LocalSources sources, int section) {
    if (track.hasRetransmissionStream()) {
      return track.announcing(sources.ssrc(section), sources.rtxSsrc(section));
    }
    return track.midExtensionId() == 0 ? track.announcing(sources.ssrc(section), 0) : track;
  }

  /// What an answer says of the media that comes with it.
  private static List<Attribute> sending(
      MediaDescription section, NegotiatedTrack track, LocalSources sources) {
    Attribute msid = new Msid(STREAM_ID, section.kindText()).attribute();
    long ssrc = track.announcedSsrc();
    if (ssrc == 0) {
      return List.of(msid);
    }
    Attribute name = SsrcAttribute.cname(ssrc, sources.canonicalName()).attribute();
    long rtx = track.announcedRtxSsrc();
    return rtx == 0
        ? List.of(msid, name)
        : List.of(
            msid,
            new SsrcGroup(SsrcGroup.RETRANSMISSION, List.of(ssrc, rtx)).attribute(),
            name,
            SsrcAttribute.cname(rtx, sources.canonicalName()).attribute());
  }

  private static Map<MediaDescription, NegotiatedTrack> accepted(
      SessionDescription offer, List<NegotiatedTrack> source) throws OfferRefusedException {
    Map<MediaDescription, NegotiatedTrack> accepted = new LinkedHashMap<>();
    Map<MediaKind, MediaDescription> byKind = new EnumMap<>(MediaKind.class);
    for (MediaDescription section : offer.media()) {
      boolean isMedia = section.kind() == MediaKind.AUDIO || section.kind() == MediaKind.VIDEO;
      if (!isMedia || section.isRejected() || byKind.containsKey(section.kind())) {
        continue;
      }
      if (!section.direction().receives()) {
        throw Sections.unsupported(offer, section, "does not receive");
      }
      NegotiatedTrack track = track(section, source);
      if (track != null) {
        Sections.checkTransport(offer, section);
        byKind.put(section.kind(), section);
        accepted.put(section, track);
      }
    }
    return accepted;
  }

  private static @Nullable NegotiatedTrack track(
      MediaDescription section, List<NegotiatedTrack> source) {
    for (NegotiatedTrack sent : source) {
      if (sent.codec().isVideo() != (section.kind() == MediaKind.VIDEO)) {
        continue;
      }
      OfferedFormat format = FormatMatcher.best(OfferedFormat.of(section), sent.format());
      if (format != null) {
        Set<Feedback> feedback = feedback(section, format);
        return new NegotiatedTrack(
            section.mid(),
            asSent(format, sent, feedback),
            feedback,
            Extensions.agreed(section, Extensions.TO_SUBSCRIBERS, Direction::receives),
            List.of());
      }
    }
    return null;
  }

  /// The viewer's parameters are repeated, except for Opus, whose parameters tell what the sender
  /// sends, such as stereo. Retransmissions are agreed on only with those who may ask for them, RED
  /// where the publisher may send it.
  private static OfferedFormat asSent(
      OfferedFormat format, NegotiatedTrack sent, Set<Feedback> feedback) {
    FormatParameters parameters =
        format.codec() == Codec.OPUS ? sent.parameters() : format.parameters();
    return new OfferedFormat(
        format.codec(),
        format.map(),
        parameters,
        feedback.contains(Feedback.PACKET_LOSS) ? format.rtx() : null,
        sent.format().red() == null ? null : format.red());
  }

  private static Set<Feedback> feedback(MediaDescription section, OfferedFormat format) {
    Set<Feedback> agreed = EnumSet.noneOf(Feedback.class);
    for (Feedback feedback : Feedback.values()) {
      if (section.rtcpFeedback(format.payloadType()).stream().anyMatch(feedback::matches)) {
        agreed.add(feedback);
      }
    }
    return agreed;
  }

  private static OfferRefusedException mismatch(
      SessionDescription offer, List<NegotiatedTrack> source) {
    Set<String> offered = new LinkedHashSet<>();
    for (MediaDescription section : offer.media()) {
      OfferedFormat.of(section).forEach(format -> offered.add(format.codec().encodingName()));
    }
    String sent =
        source.stream().map(t -> t.codec().encodingName()).collect(Collectors.joining(", "));
    return new OfferRefusedException(
        OfferFault.CODEC_MISMATCH,
        "the stream is sent in " + sent + ", the offer takes " + describe(offered));
  }

  private static String describe(Set<String> codecs) {
    return codecs.isEmpty() ? "none that is supported" : String.join(", ", codecs);
  }
}
