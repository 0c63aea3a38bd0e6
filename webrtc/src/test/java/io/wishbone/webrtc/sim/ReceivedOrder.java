package io.wishbone.webrtc.sim;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// What holds for the packets of any viewer, whatever becomes of its path and of the publishers: no
/// number comes twice, and time goes on with the numbers. Packets may overtake one another.
final class ReceivedOrder {
  private final Map<String, NavigableMap<Long, Long>> timestamps = new HashMap<>();

  /// @throws AssertionError when it does not hold
  void add(ReceivedPacket packet) {
    NavigableMap<Long, Long> known = timestamps.computeIfAbsent(packet.mid(), _ -> new TreeMap<>());
    if (known.put(packet.packetIndex(), packet.timestamp()) != null) {
      throw new AssertionError("number " + packet.packetIndex() + " came twice: " + packet);
    }
    var before = known.lowerEntry(packet.packetIndex());
    var after = known.higherEntry(packet.packetIndex());
    if (before != null && goesBack(before.getValue(), packet.timestamp())
        || after != null && goesBack(packet.timestamp(), after.getValue())) {
      throw new AssertionError(
          "time goes back: " + before + ", " + packet + " at " + packet.timestamp() + ", " + after);
    }
  }

  private static boolean goesBack(long timestamp, long next) {
    return (int) (next - timestamp) < 0;
  }
}
