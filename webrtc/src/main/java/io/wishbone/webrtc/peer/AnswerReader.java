package io.wishbone.webrtc.peer;

import io.wishbone.webrtc.rtp.HeaderExtensionUris;
import io.wishbone.webrtc.sdp.ExtensionMap;
import io.wishbone.webrtc.sdp.Fingerprint;
import io.wishbone.webrtc.sdp.IceCandidate;
import io.wishbone.webrtc.sdp.IceCredentials;
import io.wishbone.webrtc.sdp.MediaDescription;
import io.wishbone.webrtc.sdp.SdpParseException;
import io.wishbone.webrtc.sdp.SessionDescription;
import io.wishbone.webrtc.sdp.SetupRole;
import io.wishbone.webrtc.transport.DtlsRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads what an [OfferingPeer] needs from the answer to its offer, and refuses what answers
/// something else (RFC 8829 section 5.11).
final class AnswerReader {
  private final List<OfferedMedia> offered;
  private final SetupRole offeredSetup;
  private final SessionDescription answer;
  private final MediaDescription first;

  AnswerReader(String text, List<OfferedMedia> offered, SetupRole offeredSetup)
      throws SdpParseException, AnswerRejectedException {
    this.offered = offered;
    this.offeredSetup = offeredSetup;
    this.answer = SessionDescription.parse(text);
    if (answer.media().size() != offered.size()) {
      throw new AnswerRejectedException(
          "the answer has "
              + answer.media().size()
              + " media sections, the offer "
              + offered.size());
    }
    this.first =
        answer.media().stream()
            .filter(section -> !section.isRejected())
            .findFirst()
            .orElseThrow(() -> new AnswerRejectedException("the answer rejects every section"));
  }

  IceCredentials credentials() throws AnswerRejectedException {
    IceCredentials credentials = first.iceCredentials();
    if (credentials == null) {
      throw new AnswerRejectedException("the answer has no ICE credentials");
    }
    return credentials;
  }

  List<IceCandidate> candidates() {
    return answer.media().stream().flatMap(section -> section.candidates().stream()).toList();
  }

  Set<Fingerprint> fingerprints() throws AnswerRejectedException {
    if (first.fingerprints().isEmpty()) {
      throw new AnswerRejectedException("the answer has no fingerprint");
    }
    return Set.copyOf(first.fingerprints());
  }

  /// RFC 8842 section 5: the answer says which side is active.
  DtlsRole dtlsRole() throws AnswerRejectedException {
    SetupRole answered = first.setup();
    if (answered == SetupRole.PASSIVE && offeredSetup != SetupRole.PASSIVE) {
      return DtlsRole.CLIENT;
    }
    if (answered == SetupRole.ACTIVE && offeredSetup != SetupRole.ACTIVE) {
      return DtlsRole.SERVER;
    }
    throw new AnswerRejectedException("setup " + answered + " does not answer " + offeredSetup);
  }

  List<NegotiatedTrack> tracks(List<List<OutgoingEncoding>> encodings)
      throws AnswerRejectedException {
    List<NegotiatedTrack> tracks = new ArrayList<>();
    for (int i = 0; i < offered.size(); i++) {
      MediaDescription section = answer.media().get(i);
      if (!section.isRejected()) {
        tracks.add(track(i, section, encodings.get(i)));
      }
    }
    return tracks;
  }

  private NegotiatedTrack track(
      int index, MediaDescription section, List<OutgoingEncoding> encodings)
      throws AnswerRejectedException {
    OfferedMedia media = offered.get(index);
    OfferedCodec codec = codec(media, section);
    if (codec == null) {
      throw new AnswerRejectedException("section " + index + " answers with no codec of the offer");
    }
    boolean simulcast = section.simulcast() != null;
    return new NegotiatedTrack(
        media.kind(),
        Integer.toString(index),
        codec.codec(),
        codec.payloadType(),
        extension(section, HeaderExtensionUris.MID),
        simulcast ? extension(section, HeaderExtensionUris.RID) : 0,
        extension(section, HeaderExtensionUris.TRANSPORT_WIDE_CC),
        simulcast ? extension(section, HeaderExtensionUris.REPAIRED_RID) : 0,
        extension(section, HeaderExtensionUris.DEPENDENCY_DESCRIPTOR),
        section.payloadTypes().contains(codec.rtxPayloadType()) ? codec.rtxPayloadType() : 0,
        section.rtcpFeedback(codec.payloadType()).stream().anyMatch(f -> f.is("nack", null)),
        simulcast || encodings.isEmpty() ? encodings : encodings.subList(0, 1));
  }

  private static @Nullable OfferedCodec codec(OfferedMedia media, MediaDescription section) {
    for (int payloadType : section.payloadTypes()) {
      for (OfferedCodec codec : media.codecs()) {
        if (codec.payloadType() == payloadType) {
          return codec;
        }
      }
    }
    return null;
  }

  private static int extension(MediaDescription section, String uri) {
    for (ExtensionMap map : section.extensionMaps()) {
      if (map.uri().equals(uri)) {
        return map.id();
      }
    }
    return 0;
  }
}
