package io.wishbone.node.worker;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which session the datagrams of an address belong to. An address gets here only by an
/// authenticated connectivity check; when it proves itself to another session, it belongs to that
/// one.
final class SourceTable {
  private final Map<InetSocketAddress, WorkerSession> sessions = new HashMap<>();

  @Nullable WorkerSession find(InetSocketAddress source) {
    return sessions.get(source);
  }

  void put(InetSocketAddress source, WorkerSession session) {
    sessions.put(source, session);
    List<InetSocketAddress> own = session.sources();
    own.remove(source);
    own.add(source);
    forgetOld(session);
  }

  /// The agent remembers a bounded number of addresses, and decides which.
  private void forgetOld(WorkerSession session) {
    List<InetSocketAddress> valid = session.transport().ice().validatedAddresses();
    session
        .sources()
        .removeIf(source -> {
          boolean old = !valid.contains(source);
          if (old) {
            sessions.remove(source, session);
          }
          return old;
        });
  }

  void removeAll(WorkerSession session) {
    for (InetSocketAddress source : session.sources()) {
      sessions.remove(source, session);
    }
    session.sources().clear();
  }

  int size() {
    return sessions.size();
  }
}
