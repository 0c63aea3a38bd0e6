package io.wishbone.webrtc.bwe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/// How many bits a link carries in each millisecond; begins anew at its end.
record LinkTrace(String name, int[] bitsAMillisecond) {
  private static final int OPPORTUNITY_BITS = 1_500 * 8;
  private static final int MEGABIT_A_SECOND = 1_000;
  private static final int MADE_MILLIS = 120_000;

  /// A recording as mahimahi has them: each line is a millisecond in which 1,500 bytes could pass.
  static LinkTrace recorded(Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      int[] bits = new int[Integer.parseInt(lines.getLast().strip()) + 1];
      for (String line : lines) {
        bits[Integer.parseInt(line.strip())] += OPPORTUNITY_BITS;
      }
      return new LinkTrace(file.getFileName().toString(), bits);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
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

  /// A radio link of somebody who walks: another capacity each second, within a tenth of the last
  /// one as a rule, from 1 to 6 Mbit/s.
  static LinkTrace walking(long seed) {
    return made("walking " + seed, new Random(seed), 1_000, 0.1, 1, 6, 0);
  }

  /// One of somebody who drives: another one each 200 ms, a third more or less as a rule, from 0.2
  /// to 12 Mbit/s; twice a minute or so nothing passes for up to a second.
  static LinkTrace driving(long seed) {
    return made("driving " + seed, new Random(seed), 200, 0.3, 0.2, 12, 0.007);
  }

  /// @param every how long a capacity lasts, in milliseconds
  /// @param spread standard deviation of its logarithm from the one before
  /// @param outages how likely it is that one of up to a second begins with a capacity
  private static LinkTrace made(
      String name,
      Random random,
      int every,
      double spread,
      double lowest,
      double highest,
      double outages) {
    int[] bits = new int[MADE_MILLIS];
    double megabits = Math.sqrt(lowest * highest);
    int outUntil = 0;
    for (int milli = 0; milli < bits.length; milli++) {
      if (milli % every == 0) {
        double next = megabits * Math.exp(spread * random.nextGaussian());
        megabits = Math.clamp(next, lowest, highest);
        if (random.nextDouble() < outages) {
          outUntil = milli + random.nextInt(1_000);
        }
      }
      bits[milli] = milli < outUntil ? 0 : (int) (megabits * MEGABIT_A_SECOND);
    }
    return new LinkTrace(name, bits);
  }

  int bits(long milli) {
    return bitsAMillisecond[(int) (milli % bitsAMillisecond.length)];
  }

  long millis() {
    return bitsAMillisecond.length;
  }
}
