package io.wishbone.node.worker;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which session the datagrams of an address belong to.
///
/// An address gets here only by an authenticated connectivity check, and belongs to the session
/// whose check came last. But source addresses can be forged, and whoever has a session can make
/// checks that are authentic for it: an address from which media of its owner come does not change
/// hands. An owner that lost its address before there were media gets it back by its next check.
final class SourceTable {
  /// Longer than a live publisher, or a viewer of a picture, sends neither RTP nor RTCP. Whoever
  /// vanished and comes again from the same address waits for so long: much longer, and its
  /// handshake would fail. A viewer that says less is none the worse for losing its address: its
  /// checks are known by their names and get it back, and what it is sent goes where they come
  /// from.
  static final long PATIENCE_NANOS = 2_500_000_000L;

  private final Map<InetSocketAddress, SourceClaim> claims = new HashMap<>();

  @Nullable SourceClaim find(InetSocketAddress source) {
    return claims.get(source);
  }

  /// An authenticated check of the session came from there. False: the address is another's.
  boolean claim(InetSocketAddress source, WorkerSession session, long nowNanos) {
    SourceClaim claim = claims.get(source);
    if (claim == null) {
      claims.put(source, new SourceClaim(session));
    } else if (claim.isOf(session)) {
      return true;
    } else if (claim.isInUse(PATIENCE_NANOS, nowNanos)) {
      return false;
    } else {
      claim.owner().sources().remove(source);
      claim.moveTo(session);
    }
    session.sources().add(source);
    forgetOld(session);
    return true;
  }

  /// The agent remembers a bounded number of addresses, and decides which.
  private void forgetOld(WorkerSession session) {
    List<InetSocketAddress> valid = session.transport().ice().validatedAddresses();
    session
        .sources()
        .removeIf(source -> {
          boolean old = !valid.contains(source);
          if (old) {
            claims.remove(source);
          }
          return old;
        });
  }

  void removeAll(WorkerSession session) {
    session.sources().forEach(claims::remove);
    session.sources().clear();
  }

  int size() {
    return claims.size();
  }
}
