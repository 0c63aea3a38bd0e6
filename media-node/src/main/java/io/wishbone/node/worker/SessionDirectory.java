package io.wishbone.node.worker;

import io.wishbone.node.session.MediaDropReason;
import io.wishbone.node.session.MediaDrops;
import io.wishbone.webrtc.stun.StunRateLimiter;
import io.wishbone.webrtc.stun.UfragTable;
import io.wishbone.webrtc.transport.PacketProtocol;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The sessions of a worker by everything that they are found by: their id, the username fragment
/// that connectivity checks name, and the address that datagrams come from.
final class SessionDirectory {
  /// Connectivity checks of strangers: a browser sends about 20 a second at first.
  private static final int STUN_SOURCES = 1 << 14;

  private static final int STUN_PER_SECOND = 50;
  private static final int STUN_BURST = 100;

  private final MediaDrops drops;
  private final StunRateLimiter stunLimiter;
  private final Map<String, WorkerSession> sessions = new HashMap<>();
  private final UfragTable<WorkerSession> byUsernameFragment = new UfragTable<>();
  private final SourceTable bySource = new SourceTable();

  SessionDirectory(MediaDrops drops, RandomGenerator random) {
    this.drops = drops;
    this.stunLimiter = new StunRateLimiter(STUN_SOURCES, STUN_PER_SECOND, STUN_BURST, random);
  }

  @Nullable WorkerSession find(String id) {
    return sessions.get(id);
  }

  int size() {
    return sessions.size();
  }

  /// Live, changing with the directory.
  Collection<WorkerSession> all() {
    return sessions.values();
  }

  List<WorkerSession> copy() {
    return List.copyOf(sessions.values());
  }

  int relays() {
    int relays = 0;
    for (WorkerSession session : sessions.values()) {
      relays += session.role().isRelay() ? 1 : 0;
    }
    return relays;
  }

  /// It is found by its id.
  void put(WorkerSession session) {
    sessions.put(session.id(), session);
  }

  /// Its peer's checks find it.
  void putUsernameFragment(WorkerSession session) {
    byUsernameFragment.put(usernameFragment(session), session);
  }

  /// Its peer's checks do not find it any more.
  void removeUsernameFragment(WorkerSession session) {
    byUsernameFragment.remove(usernameFragment(session));
  }

  private static String usernameFragment(WorkerSession session) {
    return session.transport().ice().localCredentials().usernameFragment();
  }

  /// Nothing finds it any more.
  void remove(WorkerSession session) {
    sessions.remove(session.id());
    removeUsernameFragment(session);
    bySource.removeAll(session);
  }

  /// An authenticated check of the session came from this address.
  void claim(InetSocketAddress source, WorkerSession session, long nowNanos) {
    if (!bySource.claim(source, session, nowNanos)) {
      drops.count(MediaDropReason.SOURCE_TAKEN);
    }
  }

  /// Lets the session that a datagram is for have it; null, and counted, when there is none.
  @Nullable WorkerSession deliver(
      ByteBuffer buffer, int offset, int length, InetSocketAddress from, long nowNanos) {
    PacketProtocol protocol = PacketProtocol.of(buffer, offset, length);
    if (protocol == PacketProtocol.UNKNOWN) {
      drops.count(MediaDropReason.UNKNOWN_PROTOCOL);
      return null;
    }
    SourceClaim claim = bySource.find(from);
    WorkerSession session = claim == null ? null : claim.owner();
    if (protocol == PacketProtocol.STUN) {
      session = stunSession(session, buffer, offset, length, from, nowNanos);
    } else if (session == null) {
      drops.count(MediaDropReason.UNKNOWN_SOURCE);
    }
    if (session != null) {
      session.transport().handleDatagram(buffer, offset, length, from, nowNanos);
      if (claim != null
          && claim.isOf(session)
          && session.transport().lastMediaNanos() == nowNanos) {
        claim.onMedia(nowNanos);
      }
    }
    return session;
  }

  /// Requests say whose they are; responses come from where requests were sent.
  private @Nullable WorkerSession stunSession(
      @Nullable WorkerSession known,
      ByteBuffer buffer,
      int offset,
      int length,
      InetSocketAddress from,
      long nowNanos) {
    if (known == null && !stunLimiter.admits(from, nowNanos)) {
      drops.count(MediaDropReason.STUN_RATE_LIMITED);
      return null;
    }
    WorkerSession named = byUsernameFragment.find(buffer, offset, length);
    if (named == null && known == null) {
      drops.count(MediaDropReason.UNKNOWN_USERNAME_FRAGMENT);
    }
    return named == null ? known : named;
  }
}
