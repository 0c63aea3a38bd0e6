package io.wishbone.store;

import org.infinispan.commons.api.BasicCache;

/// The caches under the stores, in this process or elsewhere.
public interface Caches {

  BasicCache<String, SessionRecord> sessions();

  BasicCache<String, StreamRecord> streams();

  BasicCache<String, NodeRecord> nodes();

  BasicCache<String, RevocationRecord> revocations();

  BasicCache<String, EventStreamsRecord> eventStreams();

  /// The oldest make room: streams are as many as clients make up names.
  BasicCache<String, String> detours();

  /// Which nodes carry a stream.
  BasicCache<String, EdgesRecord> edges();

  /// What this process remembers of sessions, whatever becomes of the caches.
  default Remembered remembered() {
    return Remembered.NOTHING;
  }

  /// Who looks after the sessions of a node that was lost.
  BasicCache<String, String> lostNodes();
}
