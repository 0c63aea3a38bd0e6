package io.wishbone.webrtc.ice;

import io.wishbone.webrtc.Outbox;
import io.wishbone.webrtc.sdp.IceCandidate;
import io.wishbone.webrtc.sdp.IceCredentials;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The client side: checks the candidates of the peer and nominates one of them.
public final class ControllingAgent implements IceAgent {

  private IceCredentials local;

  public ControllingAgent(
      IceCredentials local, IceCredentials remote, RandomGenerator random, long nowNanos) {
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
