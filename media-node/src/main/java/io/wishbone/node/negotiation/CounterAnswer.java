package io.wishbone.node.negotiation;

import io.wishbone.webrtc.sdp.ExtensionMap;
import io.wishbone.webrtc.sdp.IceCredentials;
import io.wishbone.webrtc.sdp.MediaDescription;
import io.wishbone.webrtc.sdp.SessionDescription;
import io.wishbone.webrtc.sdp.SetupRole;
import io.wishbone.webrtc.transport.DtlsRole;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads a viewer's answer to a [CounterOffer] (RFC 9429 section 5.11): the same sections, each
/// rejected or received in the offered format, over one transport.
public final class CounterAnswer {
  private CounterAnswer() {}

  /// What was agreed on.
  public static Negotiation read(
      SessionDescription answer, CounterOffer offered, LocalTransport local)
      throws OfferRefusedException {
    if (answer.iceLite() && local.iceLite()) {
      throw unsupported("the answer has a=ice-lite, and so has this server");
    }
    if (answer.media().size() != offered.tracks().size()) {
      throw malformed(
          "the answer has %d m-lines, the offer %d"
              .formatted(answer.media().size(), offered.tracks().size()));
    }
    List<NegotiatedTrack> tracks = new ArrayList<>();
    List<MediaDescription> accepted = new ArrayList<>();
    for (int i = 0; i < offered.tracks().size(); i++) {
      MediaDescription section = answer.media().get(i);
      if (!section.isRejected()) {
        tracks.add(track(answer, section, offered.tracks().get(i)));
        accepted.add(section);
      }
    }
    if (accepted.isEmpty()) {
      throw unsupported("the answer rejects every m-line");
    }
    Sections.checkBundle(answer, accepted);
    return new Negotiation(answer, peer(accepted.getFirst()), tracks);
  }

  private static NegotiatedTrack track(
      SessionDescription answer, MediaDescription section, NegotiatedTrack offered)
      throws OfferRefusedException {
    String name = Sections.name(answer, section);
    if (section.kind() != SubscriberOfferer.kind(offered.codec())
        || section.mid() != null && !section.mid().equals(offered.mid())) {
      throw malformed(name + " is not the section that was offered in this place");
    }
    if (!section.direction().receives()) {
      throw malformed(name + " does not receive");
    }
    Sections.checkTransport(answer, section);
    int payloadType = offered.format().payloadType();
    if (!section.payloadTypes().contains(payloadType)) {
      throw malformed(name + " does not take payload type " + payloadType);
    }
    Map<String, Integer> extensions = new HashMap<>();
    for (ExtensionMap extension : section.extensionMaps()) {
      if (offered.extensionId(extension.uri()) == extension.id()) {
        extensions.put(extension.uri(), extension.id());
      }
    }
    return new NegotiatedTrack(
        offered.mid(), offered.format(), feedback(section, offered), extensions, List.of());
  }

  private static Set<Feedback> feedback(MediaDescription section, NegotiatedTrack offered) {
    Set<Feedback> agreed = EnumSet.noneOf(Feedback.class);
    for (Feedback feedback : offered.feedback()) {
      if (section.rtcpFeedback(offered.format().payloadType()).stream()
          .anyMatch(feedback::matches)) {
        agreed.add(feedback);
      }
    }
    return agreed;
  }

  private static NegotiatedPeer peer(MediaDescription tagged) throws OfferRefusedException {
    IceCredentials credentials = tagged.iceCredentials();
    if (credentials == null) {
      throw malformed("the answer has no a=ice-ufrag and a=ice-pwd");
    }
    if (tagged.fingerprints().isEmpty()) {
      throw malformed("the answer has no a=fingerprint");
    }
    return new NegotiatedPeer(
        credentials,
        Set.copyOf(tagged.fingerprints()),
        dtlsRole(tagged.setup()),
        tagged.rtcpReducedSize(),
        tagged.extmapAllowMixed());
  }

  /// RFC 8842 section 5.3: the answer says which side is active.
  private static DtlsRole dtlsRole(@Nullable SetupRole answered) throws OfferRefusedException {
    if (answered == SetupRole.ACTIVE) {
      return DtlsRole.SERVER;
    }
    if (answered == SetupRole.PASSIVE) {
      return DtlsRole.CLIENT;
    }
    throw malformed("the answer says neither a=setup:active nor a=setup:passive");
  }

  private static OfferRefusedException malformed(String message) {
    return new OfferRefusedException(OfferFault.MALFORMED, message);
  }

  private static OfferRefusedException unsupported(String message) {
    return new OfferRefusedException(OfferFault.UNSUPPORTED, message);
  }
}
