package io.wishbone.webrtc.ice;

import io.wishbone.webrtc.stun.TransactionId;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// The transactions of the latest authentic requests, and where each came from.
///
/// A request is repeated from where it was sent first, because its answer got lost (RFC 8489
/// section 6.2.1). The same request from elsewhere is a copy that somebody made.
///
/// About 2 KiB a session: ids are kept as numbers, and equal addresses as one object.
final class RecentTransactions {

  /// Minutes of a connected browser, seconds of one that checks many pairs.
  static final int CAPACITY = 128;

  enum Sighting {
    FIRST,
    REPEATED,
    COPIED
  }

  private final int[] high = new int[CAPACITY];
  private final long[] low = new long[CAPACITY];
  private final @Nullable InetSocketAddress[] sources = new @Nullable InetSocketAddress[CAPACITY];
  private int next;

  /// Tells what a request is, and remembers it if it is new.
  Sighting see(TransactionId id, InetSocketAddress from) {
    InetSocketAddress known = from;
    for (int i = 0; i < CAPACITY; i++) {
      InetSocketAddress source = sources[i];
      if (source == null) {
        break;
      }
      boolean isFromThere = source.equals(from);
      if (low[i] == id.low() && high[i] == id.high()) {
        return isFromThere ? Sighting.REPEATED : Sighting.COPIED;
      }
      if (isFromThere) {
        known = source;
      }
    }
    high[next] = id.high();
    low[next] = id.low();
    sources[next] = known;
    next = (next + 1) % CAPACITY;
    return Sighting.FIRST;
  }
}
