package io.wishbone.webrtc.ice;

import io.wishbone.webrtc.Outbox;
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
/// same way.
public final class IceLiteAgent implements IceAgent {

  private final CheckResponder responder;
  private final ValidatedSources sources = new ValidatedSources();
  private final StunReader reader = new StunReader();

  private IceCredentials local;
  private @Nullable InetSocketAddress nominated;
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
    lastAuthenticatedNanos = nowNanos;
    if (!reader.unknownAttributes().isEmpty()) {
      responder.rejectUnknownAttributes(reader, from, outbox);
      return false;
    }
    if (reader.isFromControlled()) {
      responder.rejectRole(reader, from, outbox);
      return false;
    }
    validate(from);
    responder.accept(reader, from, outbox);
    return true;
  }

  private void validate(InetSocketAddress from) {
    if (reader.hasUseCandidate()) {
      nominated = from;
    }
    sources.add(from, nominated);
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
    return nominated != null ? nominated : sources.latest();
  }

  @Override
  public boolean isNominated() {
    return nominated != null;
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

  /// Addresses that were validated before stay so: what is on its way from there still arrives.
  @Override
  public void restart(IceCredentials local, IceCredentials remote, long nowNanos) {
    this.local = local;
    responder.replaceCredentials(local);
  }

  @Override
  public long nextTimeoutNanos() {
    return Long.MAX_VALUE;
  }

  @Override
  public void handleTimeout(long nowNanos, Outbox outbox) {}
}
