package io.wishbone.webrtc.peer;

import io.wishbone.webrtc.rtcp.RtcpPacket;
import io.wishbone.webrtc.rtp.RtpPacket;
import io.wishbone.webrtc.transport.TransportCloseReason;
import java.util.List;

/// What an [OfferingPeer] tells its owner, on the transport's thread. All methods do nothing unless
/// overridden.
public interface PeerListener {
  default void onConnected(long nowNanos) {}

  /// A packet of media section `mid`; the view is lent for the duration of the call.
  ///
  /// @param packetIndex the SRTP index: sequence number extended by the rollover counter
  default void onRtp(String mid, RtpPacket packet, long packetIndex, long nowNanos) {}

  default void onRtcp(List<RtcpPacket> packets, long nowNanos) {}

  default void onClosed(TransportCloseReason reason, String detail, long nowNanos) {}
}
