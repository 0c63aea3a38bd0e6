package io.wishbone.webrtc.rtp;

/// Turns 16-bit sequence numbers into extended ones that never wrap: `ROC << 16 | sequence number`.
///
/// Each number is placed where it is nearest to the highest one seen so far. The first number is
/// taken as it comes, with a roll-over count of zero; a number from before it, across a wrap, is
/// negative. The low 16 bits of a result are always the number that was unwrapped.
public final class SequenceUnwrapper {

  private long highest;
  private boolean started;

  /// Starts at the first number that it is given.
  public SequenceUnwrapper() {}

  /// Continues from `highest`, an extended number known from elsewhere.
  public SequenceUnwrapper(long highest) {
    this.highest = highest;
    this.started = true;
  }

  public long unwrap(int sequenceNumber) {
    if (!started) {
      started = true;
      highest = sequenceNumber & 0xFFFF;
      return highest;
    }
    long extended = highest + SequenceNumbers.distance(sequenceNumber, (int) highest);
    if (extended > highest) {
      highest = extended;
    }
    return extended;
  }

  /// The highest extended number seen so far; 0 when there was none.
  public long highest() {
    return highest;
  }
}
