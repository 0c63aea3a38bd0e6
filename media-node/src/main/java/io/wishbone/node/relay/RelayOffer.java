package io.wishbone.node.relay;

import io.wishbone.node.negotiation.LocalTransport;
import io.wishbone.node.negotiation.NegotiatedPeer;
import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.sdp.Direction;
import io.wishbone.webrtc.sdp.MediaDescription;
import io.wishbone.webrtc.sdp.MediaDescriptionBuilder;
import io.wishbone.webrtc.sdp.RtpMap;
import io.wishbone.webrtc.sdp.SessionDescription;
import io.wishbone.webrtc.sdp.SetupRole;
import io.wishbone.webrtc.transport.DtlsRole;
import java.util.ArrayList;
import java.util.List;

/// An edge's offer: to receive sound and picture in whatever the source sends, from a transport
/// that will do the checks and begin the handshake. Payload types are placeholders: the answer
/// names those that the source has.
public final class RelayOffer {
  private static final int FIRST_PAYLOAD_TYPE = 96;
  private static final int STEREO = 2;

  private RelayOffer() {}

  public static String write(LocalTransport local) {
    List<MediaDescription> media = new ArrayList<>();
    int payloadType = FIRST_PAYLOAD_TYPE;
    for (Codec.Kind kind : Codec.Kind.values()) {
      String name = name(kind);
      MediaDescriptionBuilder section =
          RelaySdp.section(
              name, Integer.toString(media.size()), local, SetupRole.ACTIVE, Direction.RECVONLY);
      for (Codec codec : Codec.values()) {
        if (codec.kind() == kind) {
          int channels = codec == Codec.OPUS ? STEREO : 1;
          section.rtpMap(
              new RtpMap(payloadType++, codec.encodingName(), codec.clockRate(), channels));
        }
      }
      media.add(section.build());
    }
    return RelaySdp.description(local, List.of("0", "1"), List.of(), media).write();
  }

  /// How the edge's transport is set up.
  ///
  /// @throws RelayRejectedException when this is no such offer
  public static NegotiatedPeer read(SessionDescription offer) throws RelayRejectedException {
    if (offer.media().size() != Codec.Kind.values().length || offer.iceLite()) {
      throw new RelayRejectedException("that is no offer of an edge");
    }
    return RelaySdp.peer(offer.media().getFirst(), SetupRole.ACTIVE, DtlsRole.SERVER);
  }

  static String name(Codec.Kind kind) {
    return switch (kind) {
      case AUDIO -> "audio";
      case VIDEO -> "video";
    };
  }
}
