package io.wishbone.node.negotiation;

import io.wishbone.webrtc.sdp.MediaDescription;
import io.wishbone.webrtc.sdp.MediaGroup;
import io.wishbone.webrtc.sdp.SessionDescription;
import java.util.List;

/// What both kinds of offers have to fulfil, section by section.
final class Sections {
  private Sections() {}

  /// How a refusal names a section: `m=video (section 2)`.
  static String name(SessionDescription offer, MediaDescription section) {
    return "m=" + section.kindText() + " (section " + (offer.media().indexOf(section) + 1) + ")";
  }

  /// RTP over DTLS, multiplexed with RTCP on one port.
  static void checkTransport(SessionDescription offer, MediaDescription section)
      throws OfferRefusedException {
    if (!section.isRtp() || !section.protocol().contains("SAVP")) {
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
    MediaGroup bundle = offer.bundle();
    for (MediaDescription section : accepted) {
      if (bundle == null || section.mid() == null || !bundle.mids().contains(section.mid())) {
        throw unsupported(offer, section, "is not in the BUNDLE group");
      }
    }
  }

  static OfferRefusedException unsupported(
      SessionDescription offer, MediaDescription section, String what) {
    return new OfferRefusedException(OfferFault.UNSUPPORTED, name(offer, section) + " " + what);
  }
}
