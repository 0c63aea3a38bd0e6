package io.wishbone.webrtc.ice;

import io.wishbone.webrtc.Outbox;
import io.wishbone.webrtc.sdp.IceCandidate;
import io.wishbone.webrtc.sdp.IceCredentials;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One end of an ICE session with one component (RFC 8445).
///
/// All calls come from the owning worker's thread, with a monotonic clock. Whoever holds an agent
/// asks [#nextTimeoutNanos] after each call and calls [#handleTimeout] no earlier than that.
public sealed interface IceAgent permits IceLiteAgent, ControllingAgent {

  /// The credentials that the peer's checks must carry now.
  IceCredentials localCredentials();

  /// Whether this agent is a lite one, which its descriptions have to say (RFC 8445 section 2.5).
  boolean isLite();

  /// Takes a datagram that looks like STUN. What is not authentic leaves no trace and no answer.
  ///
  /// @return whether it was authentic, no copy, and shows that the peer is at `from`
  boolean handleStun(
      ByteBuffer buffer,
      int offset,
      int length,
      InetSocketAddress from,
      long nowNanos,
      Outbox outbox);

  /// True when an authenticated check came from, or was answered by, this address. DTLS and SRTP
  /// are let in from such addresses only.
  boolean isValidated(InetSocketAddress from);

  /// The addresses for which [#isValidated] holds, a bounded number of them. An address that is no
  /// longer listed may be forgotten by whoever maps addresses to sessions.
  List<InetSocketAddress> validatedAddresses();

  /// Where to send: the nominated pair, else the latest validated one. Null: nothing may be sent.
  @Nullable InetSocketAddress remoteAddress();

  /// True once a pair was nominated. Stays true during a restart, in which the previous pair serves
  /// until a new one is nominated.
  boolean isNominated();

  /// When STUN of the peer was last authenticated; `Long.MIN_VALUE` when it never was.
  long lastAuthenticatedNanos();

  /// True when this agent gave the peer up: no pair could be made, or consent expired (RFC 7675).
  /// An agent that sends no checks never notices; its owner watches [#lastAuthenticatedNanos] and
  /// media.
  boolean isFailed(long nowNanos);

  /// The transport has its keys. Media goes to the nominated address; where others nominate and
  /// have not yet, it goes where the handshake was, and the first nomination moves it. Each later
  /// one takes effect only with [#onAuthenticatedMedia] from the new address.
  ///
  /// @param handshakePeer where the handshake took place
  void onTransportConnected(InetSocketAddress handshakePeer);

  /// SRTP or SRTCP from this address was authentic, and no replay.
  void onAuthenticatedMedia(InetSocketAddress from);

  /// A candidate of the peer, in any order, repeated or not. Agents that send no checks ignore it.
  void addRemoteCandidate(IceCandidate candidate, long nowNanos);

  /// ICE restart (RFC 8445 section 9): from now on a pair is validated with the new credentials,
  /// while the previous pair carries media until a new one is nominated (section 12.1).
  void restart(IceCredentials local, IceCredentials remote, long nowNanos);

  /// When [#handleTimeout] wants to be called next; `Long.MAX_VALUE` for never.
  long nextTimeoutNanos();

  /// Does what is due.
  void handleTimeout(long nowNanos, Outbox outbox);
}
