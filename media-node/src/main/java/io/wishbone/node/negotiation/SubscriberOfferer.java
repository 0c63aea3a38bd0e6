package io.wishbone.node.negotiation;

import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.rtp.HeaderExtensionUris;
import io.wishbone.webrtc.sdp.Attribute;
import io.wishbone.webrtc.sdp.Direction;
import io.wishbone.webrtc.sdp.ExtensionMap;
import io.wishbone.webrtc.sdp.MediaDescription;
import io.wishbone.webrtc.sdp.MediaDescriptionBuilder;
import io.wishbone.webrtc.sdp.MediaGroup;
import io.wishbone.webrtc.sdp.MediaKind;
import io.wishbone.webrtc.sdp.Msid;
import io.wishbone.webrtc.sdp.Origin;
import io.wishbone.webrtc.sdp.SessionDescription;
import io.wishbone.webrtc.sdp.SetupRole;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Offers a stream to a viewer whose own offer had none of its codecs (WHEP section 4.3.2): a
/// section for each track of a kind that the viewer asked for, under the publisher's payload types.
public final class SubscriberOfferer {
  /// The discard port: the real one is in the candidates (RFC 8840 section 4.1.1).
  private static final int PORT = 9;

  private SubscriberOfferer() {}

  /// Offers what the stream has.
  ///
  /// @param wanted the viewer's offer
  /// @param source what was agreed on with the stream's publisher
  /// @param refusal why the viewer's offer is not answered: thrown when there is nothing to offer
  public static CounterOffer offer(
      SessionDescription wanted,
      List<NegotiatedTrack> source,
      LocalTransport local,
      OfferRefusedException refusal)
      throws OfferRefusedException {
    Sections.checkIce(wanted, local);
    Set<MediaKind> kinds = kinds(wanted);
    List<NegotiatedTrack> tracks = new ArrayList<>();
    for (NegotiatedTrack sent : source) {
      if (kinds.contains(kind(sent.codec()))) {
        tracks.add(track(Integer.toString(tracks.size()), sent));
      }
    }
    if (tracks.isEmpty()) {
      throw refusal;
    }
    return new CounterOffer(write(local, tracks), tracks);
  }

  private static Set<MediaKind> kinds(SessionDescription wanted) {
    Set<MediaKind> kinds = EnumSet.noneOf(MediaKind.class);
    for (MediaDescription section : wanted.media()) {
      if (!section.isRejected() && section.direction().receives()) {
        kinds.add(section.kind());
      }
    }
    return kinds;
  }

  static MediaKind kind(Codec codec) {
    return codec.isVideo() ? MediaKind.VIDEO : MediaKind.AUDIO;
  }

  private static NegotiatedTrack track(String mid, NegotiatedTrack sent) {
    Set<Feedback> feedback =
        sent.codec().isVideo()
            ? EnumSet.of(Feedback.PACKET_LOSS, Feedback.PICTURE_LOSS, Feedback.FULL_INTRA_REQUEST)
            : Set.of();
    return new NegotiatedTrack(
        mid,
        new OfferedFormat(sent.codec(), sent.format().map(), sent.parameters(), null),
        feedback,
        extensions(sent),
        List.of());
  }

  /// The MID, and what can be passed on, under numbers that are the same in all sections.
  private static Map<String, Integer> extensions(NegotiatedTrack sent) {
    Map<String, Integer> ids = new LinkedHashMap<>();
    ids.put(HeaderExtensionUris.MID, 1);
    for (int i = 0; i < Extensions.PASSED_ON.size(); i++) {
      String uri = Extensions.PASSED_ON.get(i);
      if (sent.extensionId(uri) != 0) {
        ids.put(uri, i + 2);
      }
    }
    return ids;
  }

  private static SessionDescription write(LocalTransport local, List<NegotiatedTrack> tracks) {
    List<MediaDescription> sections = new ArrayList<>();
    List<String> mids = new ArrayList<>();
    for (int i = 0; i < tracks.size(); i++) {
      String mid = Integer.toString(i);
      mids.add(mid);
      sections.add(section(local, mid, tracks.get(i), i == 0));
    }
    List<Attribute> session = new ArrayList<>();
    session.add(MediaGroup.bundle(mids).attribute());
    session.add(Attribute.flag("extmap-allow-mixed"));
    if (local.iceLite()) {
      session.add(Attribute.flag("ice-lite"));
    }
    session.add(new Attribute("ice-options", "trickle ice2"));
    return SessionDescription.of(Origin.of(local.sessionId()), session, sections);
  }

  private static MediaDescription section(
      LocalTransport local, String mid, NegotiatedTrack track, boolean withCandidates) {
    String kind = track.codec().isVideo() ? "video" : "audio";
    MediaDescriptionBuilder section =
        MediaDescription.builder(kind, PORT, "UDP/TLS/RTP/SAVPF")
            .mid(mid)
            .with(Direction.SENDONLY)
            .iceCredentials(local.iceCredentials())
            .with(local.fingerprint())
            .with(SetupRole.ACTPASS)
            .flag("rtcp-mux")
            .flag("rtcp-mux-only")
            .flag("rtcp-rsize");
    int payloadType = track.format().payloadType();
    section.rtpMap(track.format().map()).fmtp(payloadType, track.parameters());
    for (Feedback feedback : Feedback.values()) {
      if (track.feedback().contains(feedback)) {
        section.with(feedback.on(payloadType));
      }
    }
    track.extensionIds().entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .forEach(each -> section.with(new ExtensionMap(each.getValue(), each.getKey())));
    section.with(new Msid(SubscriberAnswerer.STREAM_ID, kind).attribute());
    if (withCandidates) {
      local.candidates().forEach(section::with);
      section.flag("end-of-candidates");
    }
    return section.build();
  }
}
