package io.wishbone.webrtc.rtcp;

/// The 16-bit chunks in which transport feedback says which packets arrived
/// (draft-holmer-rmcat-transport-wide-cc-extensions-01 sections 3.1.3 and 3.1.4).
///
/// ```
///  0                   1
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |0| S |       Run Length        |   run length chunk: S for so many packets
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |1|S|       symbol list         |   status vector chunk: S=0 fourteen symbols of one bit,
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+                        S=1 seven symbols of two bits
/// ```
final class StatusChunk {

  static final int NOT_RECEIVED = 0;
  static final int SMALL_DELTA = 1;
  static final int LARGE_DELTA = 2;
  static final int RESERVED = 3;

  static final int MAX_RUN = 0x1FFF;

  private static final int VECTOR = 0x8000;
  private static final int TWO_BIT = 0x4000;
  private static final int ONE_BIT_SYMBOLS = 14;
  private static final int TWO_BIT_SYMBOLS = 7;

  private StatusChunk() {}

  /// How many packets the chunk is about. A last vector may have symbols to spare.
  static int size(int chunk) {
    if ((chunk & VECTOR) == 0) {
      return chunk & MAX_RUN;
    }
    return (chunk & TWO_BIT) == 0 ? ONE_BIT_SYMBOLS : TWO_BIT_SYMBOLS;
  }

  /// The symbol of one of the packets that the chunk is about.
  static int symbol(int chunk, int index) {
    if ((chunk & VECTOR) == 0) {
      return chunk >> 13 & 3;
    }
    return (chunk & TWO_BIT) == 0
        ? chunk >> (ONE_BIT_SYMBOLS - 1 - index) & 1
        : chunk >> (2 * (TWO_BIT_SYMBOLS - 1 - index)) & 3;
  }

  static int symbol(int ticks) {
    if (ticks == ArrivalDeltas.NOT_RECEIVED) {
      return NOT_RECEIVED;
    }
    return ticks >= 0 && ticks <= 0xFF ? SMALL_DELTA : LARGE_DELTA;
  }

  /// The chunk that says most about the packets from `start` on: a run when no vector would reach
  /// further, else the vector with the narrowest symbols.
  static int encode(ArrivalDeltas deltas, int start) {
    int symbol = symbol(deltas.ticks(start));
    int run = run(deltas, start);
    int remaining = deltas.size() - start;
    int oneBit = oneBitReach(deltas, start);
    if (run == remaining || run >= Math.max(oneBit, TWO_BIT_SYMBOLS)) {
      return symbol << 13 | Math.min(run, MAX_RUN);
    }
    if (oneBit == Math.min(remaining, ONE_BIT_SYMBOLS)) {
      return VECTOR | vector(deltas, start, ONE_BIT_SYMBOLS, 1);
    }
    return VECTOR | TWO_BIT | vector(deltas, start, TWO_BIT_SYMBOLS, 2);
  }

  private static int run(ArrivalDeltas deltas, int start) {
    int symbol = symbol(deltas.ticks(start));
    int end = start + 1;
    while (end < deltas.size() && symbol(deltas.ticks(end)) == symbol && end - start < MAX_RUN) {
      end++;
    }
    return end - start;
  }

  /// How many packets from `start` on could be told with one bit each, fourteen at most.
  private static int oneBitReach(ArrivalDeltas deltas, int start) {
    int limit = Math.min(deltas.size(), start + ONE_BIT_SYMBOLS);
    int end = start;
    while (end < limit && symbol(deltas.ticks(end)) <= SMALL_DELTA) {
      end++;
    }
    return end - start;
  }

  private static int vector(ArrivalDeltas deltas, int start, int symbols, int bits) {
    int vector = 0;
    for (int i = 0; i < symbols; i++) {
      int index = start + i;
      int symbol = index < deltas.size() ? symbol(deltas.ticks(index)) : NOT_RECEIVED;
      vector = vector << bits | symbol;
    }
    return vector;
  }
}
