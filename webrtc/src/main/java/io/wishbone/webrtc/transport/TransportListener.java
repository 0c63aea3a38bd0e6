package io.wishbone.webrtc.transport;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/// What a [PeerTransport] tells its owner, always on the worker's thread.
///
/// Buffers are lent for the duration of the call: what is to outlive it is copied.
public interface TransportListener {

  /// An authenticated connectivity check came from, or was answered by, `source`: datagrams from
  /// there belong to this transport. Told for every check, so that an address that was lost to
  /// another transport can be claimed back.
  void onAuthenticated(InetSocketAddress source, long nowNanos);

  /// DTLS is done and the peer's certificate matched: media may flow both ways.
  void onConnected(long nowNanos);

  /// An RTP packet, authenticated and decrypted in place.
  ///
  /// @param packetIndex the 48-bit SRTP index (ROC << 16 | sequence number) of RFC 3711 section
  ///   3.3.1
  void onRtp(ByteBuffer buffer, int offset, int length, long packetIndex, long nowNanos);

  /// A compound or reduced-size RTCP packet, authenticated and decrypted in place.
  void onRtcp(ByteBuffer buffer, int offset, int length, long nowNanos);

  /// The transport is over: by the peer, or by a failure. Not called for what the owner itself
  /// closed.
  void onClosed(TransportCloseReason reason, String detail, long nowNanos);
}
