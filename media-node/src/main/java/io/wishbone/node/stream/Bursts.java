package io.wishbone.node.stream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// The bursts of all streams of a worker, and their memory: a stream has some only from its first
/// packet of a burst until that is delivered.
///
/// Packets are gathered so that what one sink gets lies side by side in memory and can leave as one
/// segmented datagram, and so that a sink's keys and numbers are fetched from memory once a burst
/// instead of once a packet.
public final class Bursts {
  private static final int MAX_IDLE = 16;

  private final ArrayDeque<Burst> idle = new ArrayDeque<>();
  private final List<MediaStream> waiting = new ArrayList<>();

  /// Memory for a stream's burst; the stream is delivered with all others from now on.
  Burst begin(MediaStream stream) {
    waiting.add(stream);
    Burst burst = idle.poll();
    return burst == null ? new Burst() : burst;
  }

  /// The stream is done with it; it is empty.
  void end(Burst burst) {
    if (idle.size() < MAX_IDLE) {
      idle.add(burst);
    }
  }

  public boolean isEmpty() {
    return waiting.isEmpty();
  }

  /// Shows what was gathered to the sinks. A fault with one stream keeps no other from its packets;
  /// it is thrown in the end.
  public void deliver() {
    RuntimeException fault = null;
    for (int i = 0; i < waiting.size(); i++) {
      try {
        waiting.get(i).deliverBurst();
      } catch (RuntimeException e) {
        fault = e;
      }
    }
    waiting.clear();
    if (fault != null) {
      throw fault;
    }
  }
}
