package io.wishbone.signaling.session;

import io.wishbone.control.SessionRole;
import io.wishbone.signaling.http.ProblemException;
import io.wishbone.store.RemoteIce;
import io.wishbone.webrtc.sdp.Direction;
import io.wishbone.webrtc.sdp.IceCredentials;
import io.wishbone.webrtc.sdp.MediaDescription;
import io.wishbone.webrtc.sdp.MediaGroup;
import io.wishbone.webrtc.sdp.MediaKind;
import io.wishbone.webrtc.sdp.SdpParseException;
import io.wishbone.webrtc.sdp.SessionDescription;
import java.util.List;
import java.util.Locale;

/// An offer that is worth sending to a media node. Whether it can be answered is the node's
/// business.
///
/// @param text as received
/// @param remoteIce the credentials of the section whose transport serves all (RFC 9143)
record Offer(String text, RemoteIce remoteIce) {

  /// @throws ProblemException 400 when this is no offer, 422 when it flows the wrong way
  static Offer parse(String text, SessionRole role) {
    SessionDescription description = description(text);
    List<MediaDescription> sections = description.media().stream().filter(Offer::isWanted).toList();
    if (sections.isEmpty()) {
      throw ProblemException.malformed("the offer has neither audio nor video");
    }
    sections.forEach(section -> checkDirection(description, section, role));
    MediaDescription transport = transport(description, sections);
    IceCredentials ice = transport.iceCredentials();
    if (ice == null) {
      throw ProblemException.malformed("the offer has no a=ice-ufrag and a=ice-pwd");
    }
    if (transport.fingerprints().isEmpty()) {
      throw ProblemException.malformed("the offer has no a=fingerprint");
    }
    return new Offer(text, new RemoteIce(ice.usernameFragment(), ice.password()));
  }

  private static SessionDescription description(String text) {
    try {
      return SessionDescription.parse(text);
    } catch (SdpParseException e) {
      throw ProblemException.malformed("the offer is no SDP, " + e.getMessage());
    }
  }

  private static boolean isWanted(MediaDescription section) {
    return !section.isRejected()
        && (section.kind() == MediaKind.AUDIO || section.kind() == MediaKind.VIDEO);
  }

  private static void checkDirection(
      SessionDescription description, MediaDescription section, SessionRole role) {
    Direction direction = section.direction();
    boolean fits =
        switch (role) {
          case PUBLISHER -> direction.sends();
          case SUBSCRIBER -> direction.receives();
        };
    if (!fits) {
      String wanted =
          switch (role) {
            case PUBLISHER -> "a publisher offers sendonly or sendrecv";
            case SUBSCRIBER -> "a player offers recvonly or sendrecv";
          };
      throw ProblemException.unprocessable(
          "m=%s (line %d) is a=%s; %s"
              .formatted(
                  section.kindText(),
                  description.line(section),
                  direction.name().toLowerCase(Locale.ROOT),
                  wanted));
    }
  }

  /// The first section of the BUNDLE group that is not rejected, whose transport serves all (RFC
  /// 9143 section 7.3.1), or the first one at all.
  private static MediaDescription transport(
      SessionDescription description, List<MediaDescription> sections) {
    MediaGroup bundle = description.bundle();
    List<String> mids = bundle == null ? List.of() : bundle.mids();
    return mids.stream()
        .flatMap(mid -> sections.stream().filter(section -> mid.equals(section.mid())))
        .findFirst()
        .orElse(sections.getFirst());
  }
}
