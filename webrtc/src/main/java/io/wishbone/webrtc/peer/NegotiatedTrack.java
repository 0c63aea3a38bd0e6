package io.wishbone.webrtc.peer;

import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.sdp.MediaKind;
import java.util.List;

/// One media section as offer and answer settled it.
///
/// @param mid the section's identification
/// @param payloadType that of `codec` in this session
/// @param midExtension header extension id of the MID, 0 when not agreed on
/// @param ridExtension header extension id of the RID, 0 when not agreed on
/// @param transportCcExtension header extension id of the transport-wide sequence number, 0 for
///   none
/// @param repairedRidExtension the same in retransmissions
/// @param dependencyDescriptorExtension header extension id of the dependency descriptor, 0 for
///   none
/// @param rtxPayloadType of retransmissions, 0 when they are no stream of their own
/// @param answersNacks whether what is lost may be asked for
/// @param encodings what is sent in this section; empty when receiving
public record NegotiatedTrack(
    MediaKind kind,
    String mid,
    Codec codec,
    int payloadType,
    int midExtension,
    int ridExtension,
    int transportCcExtension,
    int repairedRidExtension,
    int dependencyDescriptorExtension,
    int rtxPayloadType,
    boolean answersNacks,
    List<OutgoingEncoding> encodings) {
  public NegotiatedTrack {
    encodings = List.copyOf(encodings);
  }
}
