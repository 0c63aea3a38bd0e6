package io.wishbone.node.negotiation;

import io.wishbone.webrtc.sdp.RtcpFeedback;
import org.jspecify.annotations.Nullable;

/// RTCP feedback that is spoken here (RFC 4585, RFC 5104). What else is offered is not answered.
public enum Feedback {
  /// Asks for lost packets.
  PACKET_LOSS("nack", null),
  /// Asks for a keyframe.
  PICTURE_LOSS("nack", "pli"),
  /// Demands a keyframe.
  FULL_INTRA_REQUEST("ccm", "fir"),
  /// Tells how much the receiver thinks it can take: spoken with peers that do not report arrivals,
  /// or hear of them; and with publishers of a simulcast, to have encodings paused.
  RECEIVER_ESTIMATE("goog-remb", null),
  /// Reports when each packet of the transport arrived.
  TRANSPORT_CC("transport-cc", null);

  private final String type;
  private final @Nullable String parameter;

  Feedback(String type, @Nullable String parameter) {
    this.type = type;
    this.parameter = parameter;
  }

  public boolean matches(RtcpFeedback offered) {
    return offered.is(type, parameter);
  }

  public RtcpFeedback on(int payloadType) {
    return new RtcpFeedback(payloadType, type, parameter);
  }
}
