package io.wishbone.node.forward;

import io.wishbone.webrtc.nack.PacketHistory;
import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.payload.DependencyStructure;
import org.jspecify.annotations.Nullable;

/// The layers of the latest packets of one encoding, and how many packets before each lie above
/// each [LayerTarget]: what a viewer is to see no gap for. One for all viewers.
///
/// ```
/// source's index   100  101  102  103  104  105
/// temporal layer     0    2    1    ?    2    0     103 has not come
/// above layer 1      -    x    -    -    x    -
/// left before        0    0    1    1    1    2     viewer's index = source's - left + offset
/// ```
///
/// A packet that is missing when a later one comes counts as one for everybody, and keeps the
/// number that it has so. When it comes after all and lies above a viewer's target, the viewer gets
/// it without its payload, so that nobody waits for it.
///
/// An encoding without layers costs nothing. Otherwise an entry is kept for as long as the packet
/// can be found in the [PacketHistory], within [#MAX_ENTRIES].
public final class LayerLedger {
  static final int FIRST_ENTRIES = 256;
  static final int MAX_ENTRIES = 8192;

  /// A larger hole is no loss, but another beginning: nothing before it is known any more.
  static final int MAX_GAP = 1024;

  /// The index of a packet whose number is not known here.
  public static final long UNKNOWN = -1;

  private static final int TARGETS = LayerTarget.COUNT;
  private static final int LAYERS = LayerTarget.LAYERS;

  private static final byte MISSING = -1;
  private static final byte LATE = 0x40;
  private static final byte ENDS_FRAME = 0x20;
  private static final byte PLACE = 0x0F;

  private final PacketHistory history;
  private final LayerReader reader;

  private byte[] facts = {};
  private int[] left = {};
  private int[] picturesLeft = {};
  private @Nullable DependencyStructure[] structures = {};
  private final long[] totals = new long[TARGETS];
  private final int[] pictureTotals = new int[LAYERS];
  private final int[] picturesBefore = new int[LAYERS];
  private long pictureTimestamp = -1;

  private boolean started;
  private boolean layered;
  private long origin;
  private long oldest;
  private long next;

  /// @param history of the encoding
  /// @param descriptorId under which id the source sends dependency descriptors, 0 when it does not
  public LayerLedger(PacketHistory history, Codec codec, int descriptorId) {
    this.history = history;
    this.reader = new LayerReader(codec, descriptorId);
  }

  /// Takes note of a packet that has come, and tells it where it lies.
  public void enter(SourcePacket packet) {
    PacketLayers layers = packet.layers();
    long index = packet.index();
    if (started && index < next) {
      enterLate(packet);
      return;
    }
    long gap = started ? index - next : 0;
    reader.read(packet, gap > 0);
    started = true;
    layered |= layers.spatial > 0 || layers.temporal > 0;
    if (!layered) {
      next = index + 1;
      return;
    }
    if (facts.length == 0) {
      origin = index;
      oldest = index;
      next = index;
      gap = 0;
      allocate(FIRST_ENTRIES);
    }
    if (gap > MAX_GAP) {
      oldest = index;
      next = index;
      origin = Long.MIN_VALUE;
    }
    while (next < index) {
      append(MISSING, null, pictureTotals);
    }
    append(packet);
    layers.ledger = this;
  }

  private void append(SourcePacket packet) {
    PacketLayers layers = packet.layers();
    long timestamp = packet.rtp().timestamp();
    if (timestamp != pictureTimestamp) {
      pictureTimestamp = timestamp;
      System.arraycopy(pictureTotals, 0, picturesBefore, 0, LAYERS);
      for (int temporal = 0; temporal < layers.temporal; temporal++) {
        pictureTotals[temporal]++;
      }
    }
    append(facts(layers), layers.structure, picturesBefore);
    for (int target = 0; target < TARGETS; target++) {
      totals[target] += layers.isWithin(target) ? 0 : 1;
    }
  }

  private static byte facts(PacketLayers layers) {
    return (byte)
        (LAYERS * layers.spatial
            + layers.temporal
            + (layers.late ? LATE : 0)
            + (layers.endsFrame ? ENDS_FRAME : 0));
  }

  private void append(byte fact, @Nullable DependencyStructure structure, int[] pictures) {
    if (next - oldest == facts.length) {
      if (facts.length < MAX_ENTRIES && history.find(oldest) >= 0) {
        allocate(2 * facts.length);
      } else {
        oldest++;
      }
    }
    int at = at(next);
    facts[at] = fact;
    for (int target = 0; target < TARGETS; target++) {
      left[at * TARGETS + target] = (int) totals[target];
    }
    System.arraycopy(pictures, 0, picturesLeft, at * LAYERS, LAYERS);
    if (structure != null && structures.length == 0) {
      structures = new DependencyStructure[facts.length];
    }
    if (structures.length > 0) {
      structures[at] = structure;
    }
    next++;
  }

  private void enterLate(SourcePacket packet) {
    PacketLayers layers = packet.layers();
    reader.readLate(packet);
    long index = packet.index();
    if (facts.length == 0 || index < origin) {
      // Nothing was left out before that, whatever this one is.
      layers.late = false;
      layers.spatial = 0;
      layers.temporal = 0;
      return;
    }
    layers.ledger = this;
    if (index >= oldest) {
      facts[at(index)] = facts(layers);
      if (structures.length > 0) {
        structures[at(index)] = layers.structure;
      }
    }
  }

  private void allocate(int entries) {
    byte[] oldFacts = facts;
    int[] oldLeft = left;
    int[] oldPictures = picturesLeft;
    @Nullable DependencyStructure[] oldStructures = structures;
    facts = new byte[entries];
    left = new int[entries * TARGETS];
    picturesLeft = new int[entries * LAYERS];
    structures = new DependencyStructure[oldStructures.length == 0 ? 0 : entries];
    for (long index = oldest; index < next; index++) {
      int from = (int) index & (oldFacts.length - 1);
      int to = at(index);
      facts[to] = oldFacts[from];
      System.arraycopy(oldLeft, from * TARGETS, left, to * TARGETS, TARGETS);
      System.arraycopy(oldPictures, from * LAYERS, picturesLeft, to * LAYERS, LAYERS);
      if (structures.length > 0) {
        structures[to] = oldStructures[from];
      }
    }
  }

  private int at(long index) {
    return (int) index & (facts.length - 1);
  }

  /// Tells a packet that was found in the history where it lies. False: that is not known any more.
  public boolean recall(SourcePacket packet) {
    PacketLayers layers = packet.layers();
    layers.clear();
    long index = packet.index();
    if (facts.length == 0 || index < origin) {
      return true;
    }
    if (!knows(index)) {
      return false;
    }
    byte fact = facts[at(index)];
    if (fact == MISSING) {
      return false;
    }
    layers.spatial = (fact & PLACE) / LAYERS;
    layers.temporal = (fact & PLACE) % LAYERS;
    layers.late = (fact & LATE) != 0;
    layers.endsFrame = (fact & ENDS_FRAME) != 0;
    layers.ledger = this;
    layers.descriptorId = reader.descriptorId();
    layers.structure = structures.length == 0 ? null : structures[at(index)];
    return true;
  }

  /// Whether the packet's number is known to viewers that do not get everything.
  public boolean knows(long index) {
    return facts.length == 0 || index < origin || index >= oldest && index < next;
  }

  /// How many packets before this one lie above the target. The packet must be one that is
  /// [known][#knows].
  long left(long index, int target) {
    if (facts.length == 0 || index < origin) {
      return 0;
    }
    long total = totals[target];
    return total - ((int) total - left[at(Math.max(index, oldest)) * TARGETS + target]);
  }

  /// How many pictures before the packet's lie above the target.
  int picturesLeft(long index, int target) {
    return facts.length == 0 || index < origin
        ? 0
        : picturesLeft[at(Math.max(index, oldest)) * LAYERS + LayerTarget.temporal(target)];
  }

  /// The index of the packet that has this number for a viewer with this target: the source's index
  /// less what was left out before. [#UNKNOWN] when that is too long ago.
  public long find(long number, int target) {
    if (facts.length == 0 || LayerTarget.isAll(target)) {
      return number;
    }
    if (number < oldest - left(oldest, target)) {
      return number < origin ? number : UNKNOWN;
    }
    long low = oldest;
    long high = next - 1;
    while (low < high) {
      long middle = (low + high + 1) >>> 1;
      if (middle - left(middle, target) <= number) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /// The highest spatial layer that there is at present.
  public int topSpatial() {
    return reader.topSpatial();
  }

  /// The highest temporal layer that there is at present.
  public int topTemporal() {
    return reader.topTemporal();
  }

  /// Whether there is more than one layer.
  public boolean isLayered() {
    return layered;
  }

  /// Entries that there is room for now.
  int entries() {
    return facts.length;
  }
}
