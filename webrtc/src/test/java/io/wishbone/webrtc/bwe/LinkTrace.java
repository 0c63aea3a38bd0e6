package io.wishbone.webrtc.bwe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// How many bits a link carries in each millisecond; begins anew at its end.
record LinkTrace(String name, int[] bitsAMillisecond) {
  private static final int OPPORTUNITY_BITS = 1_500 * 8;
  private static final int MEGABIT_A_SECOND = 1_000;

  /// A recording as mahimahi has them: each line is a millisecond in which 1,500 bytes could pass.
  static LinkTrace recorded(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    int[] bits = new int[Integer.parseInt(lines.getLast().strip()) + 1];
    for (String line : lines) {
      bits[Integer.parseInt(line.strip())] += OPPORTUNITY_BITS;
    }
    return new LinkTrace(file.getFileName().toString(), bits);
  }

  /// The schedule of RFC 8867 section 5.1, table 1, its 100 s: no recording, but everybody's.
  static LinkTrace scheduled() {
    int[] bits = new int[100_000];
    for (int milli = 0; milli < bits.length; milli++) {
      double megabits = milli < 40_000 ? 1 : milli < 60_000 ? 2.5 : milli < 80_000 ? 0.6 : 1;
      bits[milli] = (int) (megabits * MEGABIT_A_SECOND);
    }
    return new LinkTrace("RFC 8867, 5.1", bits);
  }

  int bits(long milli) {
    return bitsAMillisecond[(int) (milli % bitsAMillisecond.length)];
  }

  long millis() {
    return bitsAMillisecond.length;
  }
}
