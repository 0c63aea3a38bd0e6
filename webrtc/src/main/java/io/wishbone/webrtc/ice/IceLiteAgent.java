package io.wishbone.webrtc.ice;

import io.wishbone.webrtc.Outbox;
import io.wishbone.webrtc.ice.RecentTransactions.Sighting;
import io.wishbone.webrtc.sdp.IceCandidate;
import io.wishbone.webrtc.sdp.IceCredentials;
import io.wishbone.webrtc.stun.StunMessageType;
import io.wishbone.webrtc.stun.StunReader;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The server side: an address that every client can reach, so it answers checks and never sends
/// one (RFC 8445 sections 2.5 and 7.3.2).
///
/// It is always controlled. Where the peer is, it learns from authenticated checks alone:
/// candidates are not read, names are never resolved, and nothing is sent to an address that has
/// not proved to be the peer's. The peer selects the pair with USE-CANDIDATE and moves it in the
/// same way; once media flows to a nominated address, it moves only when authentic media comes from
/// the new address too, because a check can be copied and sent from anywhere.
public final class IceLiteAgent implements IceAgent {

  private final CheckResponder responder;
  private final ValidatedSources sources = new ValidatedSources();
  private final RecentTransactions transactions = new RecentTransactions();
  private final StunReader reader = new StunReader();

  private IceCredentials local;

  /// Where media goes: the nominated address, or before that the one of the DTLS handshake.
  private @Nullable InetSocketAddress selected;

  /// Nominated since, and not confirmed by media yet.
  private @Nullable InetSocketAddress proposed;

  private boolean nominated;
  private boolean connected;
  private long lastAuthenticatedNanos = Long.MIN_VALUE;

  /// An agent that only answers has nothing to do with the peer's credentials.
  public IceLiteAgent(IceCredentials local) {
    this.local = local;
    this.responder = new CheckResponder(local);
  }

  @Override
  public IceCredentials localCredentials() {
    return local;
  }

  @Override
  public boolean isLite() {
    return true;
  }

  @Override
  public boolean handleStun(
      ByteBuffer buffer,
      int offset,
      int length,
      InetSocketAddress from,
      long nowNanos,
      Outbox outbox) {
    if (!reader.wrap(buffer, offset, length)
        || reader.type() != StunMessageType.BINDING_REQUEST
        || !responder.authenticates(reader, sources.contains(from), nowNanos)) {
      return false;
    }
    Sighting sighting = transactions.see(reader.transactionId(), from);
    if (sighting == Sighting.COPIED) {
      return false;
    }
    boolean isNew = sighting == Sighting.FIRST;
    if (isNew) {
      lastAuthenticatedNanos = nowNanos;
    }
    if (!reader.unknownAttributes().isEmpty()) {
      responder.rejectUnknownAttributes(reader, from, outbox);
      return false;
    }
    if (reader.isFromControlled()) {
      responder.rejectRole(reader, from, outbox);
      return false;
    }
    if (isNew) {
      validate(from);
    }
    responder.accept(reader, from, outbox);
    return isNew;
  }

  private void validate(InetSocketAddress from) {
    if (reader.hasUseCandidate()) {
      responder.settle();
      nominate(from);
    }
    sources.add(from, selected);
  }

  private void nominate(InetSocketAddress from) {
    if (connected && nominated && !from.equals(selected)) {
      proposed = from;
    } else {
      select(from);
    }
  }

  private void select(InetSocketAddress address) {
    selected = address;
    proposed = null;
    nominated = true;
  }

  @Override
  public void onTransportConnected(InetSocketAddress handshakePeer) {
    connected = true;
    if (!nominated) {
      selected = handshakePeer;
    }
  }

  @Override
  public void onAuthenticatedMedia(InetSocketAddress from) {
    if (from.equals(proposed)) {
      select(from);
    }
  }

  @Override
  public boolean isValidated(InetSocketAddress from) {
    return sources.contains(from);
  }

  @Override
  public List<InetSocketAddress> validatedAddresses() {
    return sources.list();
  }

  @Override
  public @Nullable InetSocketAddress remoteAddress() {
    return selected != null ? selected : sources.latest();
  }

  @Override
  public boolean isNominated() {
    return nominated;
  }

  @Override
  public long lastAuthenticatedNanos() {
    return lastAuthenticatedNanos;
  }

  /// Never: it sends no checks that could stay without an answer.
  @Override
  public boolean isFailed(long nowNanos) {
    return false;
  }

  @Override
  public void addRemoteCandidate(IceCandidate candidate, long nowNanos) {}

  /// Addresses that were validated before stay so: what is on its way from there still arrives. So
  /// do checks with the previous credentials from there, until the peer nominates with the new
  /// ones: the answer that brings them may get lost, and the previous ICE session goes on until
  /// another one is in its place (RFC 9725 section 4.3.3).
  @Override
  public void restart(IceCredentials local, IceCredentials remote, long nowNanos) {
    this.local = local;
    responder.offerCredentials(local);
  }

  @Override
  public long nextTimeoutNanos() {
    return Long.MAX_VALUE;
  }

  @Override
  public void handleTimeout(long nowNanos, Outbox outbox) {}
}
