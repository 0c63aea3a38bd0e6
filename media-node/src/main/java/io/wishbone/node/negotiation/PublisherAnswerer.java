package io.wishbone.node.negotiation;

import io.wishbone.webrtc.rtp.HeaderExtensionUris;
import io.wishbone.webrtc.sdp.Direction;
import io.wishbone.webrtc.sdp.MediaDescription;
import io.wishbone.webrtc.sdp.MediaKind;
import io.wishbone.webrtc.sdp.SessionDescription;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Answers the offer of somebody who sends (WHIP, RFC 9725 section 4.4).
///
/// One section of sound and one of picture at most, each with one codec. A section that cannot be
/// served refuses the whole offer: half a stream is not what the publisher asked for. Data channels
/// are the exception; they are answered with port 0.
public final class PublisherAnswerer {
  private final CodecPreferences audio;
  private final CodecPreferences video;

  public PublisherAnswerer(CodecPreferences audio, CodecPreferences video) {
    this.audio = audio;
    this.video = video;
  }

  public Negotiation answer(SessionDescription offer, LocalTransport local)
      throws OfferRefusedException {
    Map<MediaKind, MediaDescription> accepted = accepted(offer);
    List<MediaDescription> inOrder =
        offer.media().stream().filter(accepted::containsValue).toList();
    if (inOrder.isEmpty()) {
      throw new OfferRefusedException(
          OfferFault.UNSUPPORTED, "the offer has no audio and no video");
    }
    Sections.checkIce(offer, local);
    Sections.checkBundle(offer, inOrder);
    List<String> bundle = Sections.bundle(offer, inOrder);
    NegotiatedPeer peer = PeerReader.read(Sections.tagged(bundle, inOrder), inOrder);
    var writer = new AnswerWriter(bundle, local, peer, Direction.RECVONLY);
    List<NegotiatedTrack> tracks = new ArrayList<>();
    for (MediaDescription section : offer.media()) {
      if (inOrder.contains(section)) {
        NegotiatedTrack track = track(offer, section);
        tracks.add(track);
        writer.accept(section, track, SimulcastAnswer.attributes(section, track));
      } else {
        writer.reject(section);
      }
    }
    return new Negotiation(writer.write(), peer, tracks);
  }

  private static Map<MediaKind, MediaDescription> accepted(SessionDescription offer)
      throws OfferRefusedException {
    Map<MediaKind, MediaDescription> accepted = new HashMap<>();
    for (MediaDescription section : offer.media()) {
      if (section.isRejected() || section.kind() == MediaKind.APPLICATION) {
        continue;
      }
      if (section.kind() == MediaKind.OTHER) {
        throw Sections.unsupported(offer, section, "is neither audio nor video");
      }
      if (!section.direction().sends()) {
        throw Sections.unsupported(offer, section, "does not send");
      }
      Sections.checkTransport(offer, section);
      if (accepted.putIfAbsent(section.kind(), section) != null) {
        throw Sections.unsupported(offer, section, "is the second of its kind");
      }
    }
    return accepted;
  }

  private NegotiatedTrack track(SessionDescription offer, MediaDescription section)
      throws OfferRefusedException {
    CodecPreferences preferences = section.kind() == MediaKind.AUDIO ? audio : video;
    List<OfferedFormat> formats = preferences.sort(OfferedFormat.of(section));
    if (formats.isEmpty()) {
      throw new OfferRefusedException(
          OfferFault.CODEC_MISMATCH,
          Sections.name(offer, section) + " offers no codec that is supported");
    }
    OfferedFormat format = formats.getFirst();
    Map<String, Integer> extensions =
        Extensions.agreed(section, Extensions.FROM_PUBLISHERS, Direction::sends);
    List<String> rids = SimulcastAnswer.rids(section, format, extensions);
    Set<Feedback> feedback = feedback(section, format, extensions, rids);
    if (!feedback.contains(Feedback.RECEIVER_ESTIMATE)
        || feedback.contains(Feedback.TRANSPORT_CC)) {
      extensions.remove(HeaderExtensionUris.ABS_SEND_TIME);
    }
    return new NegotiatedTrack(section.mid(), format, feedback, extensions, rids);
  }

  /// Transport-wide feedback needs both: the extension that numbers the packets, and leave to
  /// report. Beside it, an estimate of ours is of use only to have encodings paused.
  private static Set<Feedback> feedback(
      MediaDescription section,
      OfferedFormat format,
      Map<String, Integer> extensions,
      List<String> rids) {
    Set<Feedback> agreed = EnumSet.noneOf(Feedback.class);
    for (Feedback feedback : Feedback.values()) {
      boolean offered =
          section.rtcpFeedback(format.payloadType()).stream().anyMatch(feedback::matches);
      boolean usable =
          feedback != Feedback.TRANSPORT_CC
              || extensions.containsKey(HeaderExtensionUris.TRANSPORT_WIDE_CC);
      if (offered && usable) {
        agreed.add(feedback);
      }
    }
    if (agreed.contains(Feedback.TRANSPORT_CC) && rids.size() < 2) {
      agreed.remove(Feedback.RECEIVER_ESTIMATE);
    }
    return agreed;
  }
}
