package io.wishbone.webrtc.ice;

import io.wishbone.webrtc.Outbox;
import io.wishbone.webrtc.sdp.IceCandidate;
import io.wishbone.webrtc.sdp.IceCredentials;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The server side: controlled, answers checks, never sends one (RFC 8445 section 2.5).
public final class IceLiteAgent implements IceAgent {

  private IceCredentials local;

  public IceLiteAgent(IceCredentials local, IceCredentials remote) {
    this.local = local;
  }

  @Override
  public IceCredentials localCredentials() {
    return local;
  }

  @Override
  public void handleStun(
      ByteBuffer buffer,
      int offset,
      int length,
      InetSocketAddress from,
      long nowNanos,
      Outbox outbox) {}

  @Override
  public boolean isValidated(InetSocketAddress from) {
    return false;
  }

  @Override
  public List<InetSocketAddress> validatedAddresses() {
    return List.of();
  }

  @Override
  public @Nullable InetSocketAddress remoteAddress() {
    return null;
  }

  @Override
  public boolean isNominated() {
    return false;
  }

  @Override
  public long lastAuthenticatedNanos() {
    return Long.MIN_VALUE;
  }

  @Override
  public boolean isFailed(long nowNanos) {
    return false;
  }

  @Override
  public void addRemoteCandidate(IceCandidate candidate, long nowNanos) {}

  @Override
  public void restart(IceCredentials local, IceCredentials remote, long nowNanos) {
    this.local = local;
  }

  @Override
  public long nextTimeoutNanos() {
    return Long.MAX_VALUE;
  }

  @Override
  public void handleTimeout(long nowNanos, Outbox outbox) {}
}
