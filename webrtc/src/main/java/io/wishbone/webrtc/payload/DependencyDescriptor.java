package io.wishbone.webrtc.payload;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The header extension that says which frame a packet is of, and what that frame is needed for
/// (AV1 RTP specification, appendix A). It serves any codec. Reused: [#wrap] points it at the next
/// one.
///
/// ```
///   0 1 2 3 4 5 6 7   S, E: first and last packet of the frame
///  +-+-+-+-+-+-+-+-+
///  |S|E| template  |  of the latest DependencyStructure
///  +-+-+-+-+-+-+-+-+
///  | frame number  |
///  |               |
///  +-+-+-+-+-+-+-+-+  all that follows may be left out
///  |T|A|D|F|C|       T: a structure follows
///  +-+-+-+-+-+        A: a mask of active decode targets
///                     D, F, C: own indications, differences, chains
/// ```
///
/// Left out: frame differences and chains, which matter to whoever decodes.
public final class DependencyDescriptor {

  /// Of what [#copyMasked] writes: a mask of 32 decode targets and the flags before it.
  public static final int MAX_GROWTH = 5;

  private static final int MANDATORY_BYTES = 3;
  private static final int MANDATORY_BITS = 24;
  private static final int FLAGS = 5;
  private static final int STRUCTURE_FLAG = 0x80;
  private static final int ACTIVE_FLAG = 0x40;

  private final BitReader bits = new BitReader();
  private boolean start;
  private boolean end;
  private int frameNumber;
  private int spatialId;
  private int temporalId;
  private int switches;
  private @Nullable DependencyStructure structure;
  private boolean attached;

  /// Reads a descriptor. False means that it is cut short, or that its template is not known; it
  /// must not be asked anything then.
  ///
  /// @param known the latest structure of the encoding, null while none has come
  public boolean wrap(
      ByteBuffer buffer, int offset, int length, @Nullable DependencyStructure known) {
    if (length < MANDATORY_BYTES) {
      return false;
    }
    bits.wrap(buffer, offset, length);
    start = bits.flag();
    end = bits.flag();
    int templateId = (int) bits.bits(6);
    frameNumber = (int) bits.bits(16);
    boolean extended = length > MANDATORY_BYTES;
    attached = extended && bits.flag();
    boolean masked = extended && bits.flag();
    boolean ownIndications = extended && bits.flag();
    if (extended) {
      bits.bits(2); // own differences and chains, which come last
    }
    DependencyStructure present = known;
    if (attached) {
      present = DependencyStructure.read(bits);
      if (present != null && known != null && present.isLike(known)) {
        present = known;
      }
    }
    structure = present;
    int template = present == null ? -1 : present.template(templateId);
    if (present == null || template < 0) {
      return false;
    }
    if (masked) {
      bits.bits(present.decodeTargets());
    }
    spatialId = present.spatialId(template);
    temporalId = present.temporalId(template);
    switches = ownIndications ? present.switches(bits) : present.switches(template);
    return !bits.isFailed();
  }

  /// Whether the packet is the first of its frame.
  public boolean isStartOfFrame() {
    return start;
  }

  /// Whether the packet is the last of its frame.
  public boolean isEndOfFrame() {
    return end;
  }

  /// 16 bits.
  public int frameNumber() {
    return frameNumber;
  }

  public int spatialId() {
    return spatialId;
  }

  public int temporalId() {
    return temporalId;
  }

  /// To which layers a receiver can change with this frame: bit `4 * spatial + temporal` for all up
  /// to these.
  public int switches() {
    return switches;
  }

  /// The structure that the frame belongs to: its own, or the one that was known.
  public @Nullable DependencyStructure structure() {
    return structure;
  }

  /// Whether it brings a structure.
  public boolean hasStructure() {
    return attached;
  }

  /// Copies a descriptor, with a mask of active decode targets in place of its own, or put in.
  /// Returns the length of the copy, at most [#MAX_GROWTH] more than that of the original.
  ///
  /// @param structure that the descriptor belongs to
  /// @param mask as of [DependencyStructure#decodeTargetsUpTo]; only those stay active that were
  public static int copyMasked(
      ByteBuffer source,
      int offset,
      int length,
      DependencyStructure structure,
      long mask,
      ByteBuffer target,
      int at) {
    int targets = structure.decodeTargets();
    int flags = length > MANDATORY_BYTES ? source.get(offset + MANDATORY_BYTES) & 0xF8 : 0;
    int structureBits = (flags & STRUCTURE_FLAG) == 0 ? 0 : structure.bitLength();
    int from = MANDATORY_BITS + FLAGS + structureBits;
    int maskBits = (flags & ACTIVE_FLAG) == 0 ? 0 : targets;
    int sourceBits = length * Byte.SIZE;
    long active = mask;
    if (length > MANDATORY_BYTES && from + maskBits > sourceBits) {
      target.put(at, source, offset, length); // not of this structure: leave it alone
      return length;
    }
    if (maskBits > 0) {
      active &= value(source, offset, from, maskBits);
    }
    int written = 0;
    target.put(at, source, offset, MANDATORY_BYTES);
    written += MANDATORY_BITS;
    int end = at + length + MAX_GROWTH;
    for (int i = at + MANDATORY_BYTES; i < end; i++) {
      target.put(i, (byte) 0);
    }
    written = put(target, at, written, (flags | ACTIVE_FLAG) >> 3, FLAGS);
    written = copy(source, offset, MANDATORY_BITS + FLAGS, structureBits, target, at, written);
    written = put(target, at, written, active, targets);
    int rest = Math.max(0, sourceBits - from - maskBits);
    written = copy(source, offset, from + maskBits, rest, target, at, written);
    return (written + 7) / Byte.SIZE;
  }

  private static long value(ByteBuffer buffer, int offset, int from, int count) {
    long value = 0;
    for (int i = from; i < from + count; i++) {
      value = value << 1 | bit(buffer, offset, i);
    }
    return value;
  }

  private static int copy(
      ByteBuffer source, int offset, int from, int count, ByteBuffer target, int at, int to) {
    for (int i = 0; i < count; i++) {
      put(target, at, to + i, bit(source, offset, from + i), 1);
    }
    return to + count;
  }

  private static int put(ByteBuffer target, int at, int to, long value, int count) {
    for (int i = 0; i < count; i++) {
      int position = to + i;
      int index = at + (position >> 3);
      long set = value >> (count - 1 - i) & 1;
      target.put(index, (byte) (target.get(index) | set << (7 - (position & 7))));
    }
    return to + count;
  }

  private static int bit(ByteBuffer buffer, int offset, int position) {
    return buffer.get(offset + (position >> 3)) >> (7 - (position & 7)) & 1;
  }
}
