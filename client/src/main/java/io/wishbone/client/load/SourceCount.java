package io.wishbone.client.load;

/// The packets of one SSRC, by sequence number: how many came, and how many are missing.
final class SourceCount {
  private static final int HALF_CIRCLE = 1 << 15;

  private final int ssrc;
  private long first = -1;
  private long highest = -1;
  private long received;

  SourceCount(int ssrc) {
    this.ssrc = ssrc;
  }

  int ssrc() {
    return ssrc;
  }

  long received() {
    return received;
  }

  /// Packets between the first and the highest that did not come; a duplicate hides one.
  long missing() {
    return first < 0 ? 0 : Math.max(0, highest - first + 1 - received);
  }

  void onPacket(int sequenceNumber) {
    received++;
    if (first < 0) {
      first = sequenceNumber;
      highest = sequenceNumber;
      return;
    }
    long index = (highest & -0x10000L) | sequenceNumber;
    if (index - highest > HALF_CIRCLE) {
      index -= 0x10000;
    } else if (highest - index > HALF_CIRCLE) {
      index += 0x10000;
    }
    if (index < first) {
      received--;
    } else {
      highest = Math.max(highest, index);
    }
  }
}
