package io.wishbone.node.negotiation;

import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.rtp.HeaderExtensionUris;
import io.wishbone.webrtc.sdp.FormatParameters;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One section that both sides take part in.
///
/// @param mid how packets name the section, null when the offer did not say
/// @param format the codec and its payload types in this peer's numbering
/// @param feedback which RTCP feedback may be used
/// @param extensionIds the peer's header extension ids by URI, of those that were agreed on
/// @param rids the names of the simulcast encodings, empty without simulcast
/// @param announcedSsrc the SSRC that the peer was told to expect, 0 when it was told none
/// @param announcedRtxSsrc the SSRC of its retransmissions, 0 when the peer was told none
public record NegotiatedTrack(
    @Nullable String mid,
    OfferedFormat format,
    Set<Feedback> feedback,
    Map<String, Integer> extensionIds,
    List<String> rids,
    long announcedSsrc,
    long announcedRtxSsrc) {
  public NegotiatedTrack {
    feedback = Set.copyOf(feedback);
    extensionIds = Map.copyOf(extensionIds);
    rids = List.copyOf(rids);
  }

  /// A track of which no SSRC is announced.
  public NegotiatedTrack(
      @Nullable String mid,
      OfferedFormat format,
      Set<Feedback> feedback,
      Map<String, Integer> extensionIds,
      List<String> rids) {
    this(mid, format, feedback, extensionIds, rids, 0, 0);
  }

  /// The same, with SSRCs that the peer is told to expect.
  NegotiatedTrack announcing(long ssrc, long rtxSsrc) {
    return new NegotiatedTrack(mid, format, feedback, extensionIds, rids, ssrc, rtxSsrc);
  }

  /// The same without transport-wide numbers, and feedback on them.
  NegotiatedTrack withoutArrivals() {
    Set<Feedback> left = EnumSet.noneOf(Feedback.class);
    left.addAll(feedback);
    left.remove(Feedback.TRANSPORT_CC);
    Map<String, Integer> extensions = new HashMap<>(extensionIds);
    extensions.remove(HeaderExtensionUris.TRANSPORT_WIDE_CC);
    return new NegotiatedTrack(
        mid, format, left, extensions, rids, announcedSsrc, announcedRtxSsrc);
  }

  /// The same without the receiver's own estimate.
  NegotiatedTrack withoutEstimate() {
    Set<Feedback> left = EnumSet.noneOf(Feedback.class);
    left.addAll(feedback);
    left.remove(Feedback.RECEIVER_ESTIMATE);
    return new NegotiatedTrack(
        mid, format, left, extensionIds, rids, announcedSsrc, announcedRtxSsrc);
  }

  /// Whether the peer gets retransmissions in a stream of their own (RFC 4588).
  public boolean hasRetransmissionStream() {
    return format.rtx() != null && feedback.contains(Feedback.PACKET_LOSS);
  }

  public Codec codec() {
    return format.codec();
  }

  public FormatParameters parameters() {
    return format.parameters();
  }

  /// The id of a header extension in this peer's numbering, 0 when it was not agreed on.
  public int extensionId(String uri) {
    return extensionIds.getOrDefault(uri, 0);
  }

  /// The id under which packets name their section, 0 when they do not.
  public int midExtensionId() {
    return mid == null ? 0 : extensionId(HeaderExtensionUris.MID);
  }
}
