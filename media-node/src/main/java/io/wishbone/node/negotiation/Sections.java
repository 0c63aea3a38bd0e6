package io.wishbone.node.negotiation;

import io.wishbone.webrtc.sdp.MediaDescription;
import io.wishbone.webrtc.sdp.MediaGroup;
import io.wishbone.webrtc.sdp.SessionDescription;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// What both kinds of offers have to fulfil, section by section.
final class Sections {
  /// What clients call RTP over DTLS (RFC 8829 section 5.1.2).
  private static final Set<String> PROTOCOLS =
      Set.of("UDP/TLS/RTP/SAVPF", "UDP/TLS/RTP/SAVP", "RTP/SAVPF", "RTP/SAVP");

  private Sections() {}

  /// How a refusal names a section: `m=video (line 42)`.
  static String name(SessionDescription offer, MediaDescription section) {
    return "m=" + section.kindText() + " (line " + offer.line(section) + ")";
  }

  /// One side has to send checks, and a lite agent never does (RFC 8445 section 6.1.1).
  static void checkIce(SessionDescription offer, LocalTransport local)
      throws OfferRefusedException {
    if (offer.iceLite() && local.iceLite()) {
      throw new OfferRefusedException(
          OfferFault.UNSUPPORTED, "the offer has a=ice-lite, and so has this server");
    }
  }

  /// RTP over DTLS, multiplexed with RTCP on one port.
  static void checkTransport(SessionDescription offer, MediaDescription section)
      throws OfferRefusedException {
    if (!PROTOCOLS.contains(section.protocol())) {
      throw unsupported(offer, section, "is not RTP over DTLS");
    }
    if (!section.rtcpMux()) {
      throw unsupported(offer, section, "has no a=rtcp-mux");
    }
  }

  /// All sections that are taken share one transport (RFC 9725 section 4.4.1). One alone needs no
  /// group.
  static void checkBundle(SessionDescription offer, List<MediaDescription> accepted)
      throws OfferRefusedException {
    if (accepted.size() < 2) {
      return;
    }
    List<String> bundle = bundle(offer, accepted);
    for (MediaDescription section : accepted) {
      if (section.mid() == null || !bundle.contains(section.mid())) {
        throw unsupported(offer, section, "is not in the BUNDLE group");
      }
    }
  }

  /// The mids of what is taken, in the order of the offer's BUNDLE group: the first is the tagged
  /// one, whose transport serves all (RFC 9143 section 7.3.1). Empty when no group was offered.
  static List<String> bundle(SessionDescription offer, List<MediaDescription> accepted) {
    List<String> mids =
        accepted.stream().map(MediaDescription::mid).filter(Objects::nonNull).toList();
    return offer.groups().stream()
        .filter(MediaGroup::isBundle)
        .map(group -> group.mids().stream().distinct().filter(mids::contains).toList())
        .filter(group -> !group.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  /// The section whose transport serves all that are taken.
  static MediaDescription tagged(List<String> bundle, List<MediaDescription> accepted) {
    return accepted.stream()
        .filter(section -> !bundle.isEmpty() && bundle.getFirst().equals(section.mid()))
        .findFirst()
        .orElse(accepted.getFirst());
  }

  static OfferRefusedException unsupported(
      SessionDescription offer, MediaDescription section, String what) {
    return new OfferRefusedException(OfferFault.UNSUPPORTED, name(offer, section) + " " + what);
  }
}
