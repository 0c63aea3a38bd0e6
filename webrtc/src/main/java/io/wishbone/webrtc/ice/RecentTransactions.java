package io.wishbone.webrtc.ice;

import io.wishbone.webrtc.stun.TransactionId;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// The transactions of the latest authentic requests, and where each came from.
///
/// A request is repeated from where it was sent first, because its answer got lost (RFC 8489
/// section 6.2.1). The same request from elsewhere is a copy that somebody made.
final class RecentTransactions {

  /// Minutes of a connected browser, seconds of one that checks many pairs.
  static final int CAPACITY = 128;

  enum Sighting {
    FIRST,
    REPEATED,
    COPIED
  }

  private final @Nullable TransactionId[] ids = new @Nullable TransactionId[CAPACITY];
  private final @Nullable InetSocketAddress[] sources = new @Nullable InetSocketAddress[CAPACITY];
  private int next;

  /// Tells what a request is, and remembers it if it is new.
  Sighting see(TransactionId id, InetSocketAddress from) {
    for (int i = 0; i < CAPACITY; i++) {
      if (id.equals(ids[i])) {
        return from.equals(sources[i]) ? Sighting.REPEATED : Sighting.COPIED;
      }
    }
    ids[next] = id;
    sources[next] = from;
    next = (next + 1) % CAPACITY;
    return Sighting.FIRST;
  }
}
