package io.wishbone.node.stream;

import io.wishbone.node.forward.SourcePacket;
import java.nio.ByteBuffer;
import java.util.List;

/// The packets that a source has sent at about the same time, side by side, until they are shown to
/// the sinks: to one sink after the other, all of them to each.
final class Burst {
  static final int MAX_PACKETS = 64;
  private static final int MEMORY_BYTES = 96 * 1024;

  /// So many sinks are prefetched together.
  static final int SINKS_AHEAD = 8;

  private final ByteBuffer memory = ByteBuffer.allocateDirect(MEMORY_BYTES);
  private final SourcePacket[] packets = new SourcePacket[MAX_PACKETS];
  private final Track[] tracks = new Track[MAX_PACKETS];
  private int count;
  private int used;
  private int prefetched;

  Burst() {
    for (int i = 0; i < MAX_PACKETS; i++) {
      packets[i] = new SourcePacket();
    }
  }

  boolean hasRoom(SourcePacket packet) {
    return count < MAX_PACKETS && used + packet.rtp().length() <= MEMORY_BYTES;
  }

  /// Whether a packet fits into an empty burst.
  static boolean takes(SourcePacket packet) {
    return packet.rtp().length() <= MEMORY_BYTES;
  }

  /// Copies a packet, for which there is room.
  void add(Track track, SourcePacket packet) {
    packets[count].copy(packet, track.codec(), memory, used);
    tracks[count] = track;
    count++;
    used += packet.rtp().length();
  }

  /// Empties itself.
  void deliver(List<RtpSink> sinks) {
    int gathered = count;
    count = 0;
    used = 0;
    for (int first = 0; first < sinks.size(); first += SINKS_AHEAD) {
      int end = first + SINKS_AHEAD;
      prefetch(sinks, first, end);
      for (int sink = first; sink < end && sink < sinks.size(); sink++) {
        for (int i = 0; i < gathered; i++) {
          sinks.get(sink).onPacket(tracks[i], packets[i]);
        }
      }
    }
  }

  /// Keeps what was read, so that the compiler does not leave the reading out.
  int prefetched() {
    return prefetched;
  }

  /// With hundreds of sinks, none is in the caches any more when it has its turn, and each of its
  /// objects is found only by way of another. What one waits for at a time, several can wait for
  /// together.
  private void prefetch(List<RtpSink> sinks, int first, int end) {
    int read = 0;
    for (int sink = first; sink < end && sink < sinks.size(); sink++) {
      read += sinks.get(sink).prefetch(tracks[0]);
    }
    prefetched = read;
  }
}
