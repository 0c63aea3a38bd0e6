package io.wishbone.node.session;

import java.nio.ByteBuffer;

/// The media side of one peer; the transport side is with the worker.
public sealed interface PeerSession permits PublisherSession, SubscriberSession, RelaySession {

  /// The transport is connected: media may flow.
  void onConnected(long nowNanos);

  /// A decrypted RTP packet.
  void onRtp(ByteBuffer buffer, int offset, int length, long packetIndex, long nowNanos);

  /// A decrypted RTCP packet.
  void onRtcp(ByteBuffer buffer, int offset, int length, long nowNanos);

  /// When [#handleTimeout] is to be called next, `Long.MAX_VALUE` for never.
  long nextTimeoutNanos();

  void handleTimeout(long nowNanos);

  /// The session is over: lets go of its stream.
  void detach(long nowNanos);
}
