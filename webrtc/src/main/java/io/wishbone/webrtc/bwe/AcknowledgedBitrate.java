package io.wishbone.webrtc.bwe;

import java.util.Arrays;

/// How much arrives at the receiver: bytes over the latest 300 ms of arrivals, or over up to a
/// second when that holds fewer than 16 packets (R_hat in draft-ietf-rmcat-gcc-02 section 5.5).
final class AcknowledgedBitrate {

  private static final long BUCKET_NANOS = 20_000_000;
  private static final int BUCKETS = 50;
  private static final int MIN_BUCKETS = 15;
  private static final int MIN_PACKETS = 16;
  private static final int MAX_STALE = 20;

  private final long[] bytes = new long[BUCKETS];
  private final int[] packets = new int[BUCKETS];
  private boolean started;
  private long newest;
  private long oldest;
  private int stale;

  void onPacket(int size, long arrivedNanos) {
    long bucket = Math.floorDiv(arrivedNanos, BUCKET_NANOS);
    if (!started || bucket >= newest + BUCKETS) {
      restart(bucket);
    } else if (bucket <= newest - BUCKETS) {
      if (++stale < MAX_STALE) {
        return;
      }
      restart(bucket); // the receiver's clock was set back
    }
    stale = 0;
    while (newest < bucket) {
      newest++;
      bytes[at(newest)] = 0;
      packets[at(newest)] = 0;
    }
    oldest = Math.max(Math.min(oldest, bucket), newest - BUCKETS + 1);
    bytes[at(bucket)] += size;
    packets[at(bucket)]++;
  }

  private void restart(long bucket) {
    started = true;
    stale = 0;
    newest = bucket;
    oldest = bucket;
    Arrays.fill(bytes, 0);
    Arrays.fill(packets, 0);
  }

  /// Bits a second, or -1 while too little has arrived to tell.
  long bitsPerSecond() {
    if (!started || newest - oldest < MIN_BUCKETS) {
      return -1;
    }
    // The newest bucket is still being filled.
    long sum = 0;
    int seen = 0;
    int buckets = 0;
    for (long bucket = newest - 1; bucket >= oldest; bucket--) {
      sum += bytes[at(bucket)];
      seen += packets[at(bucket)];
      buckets++;
      if (buckets >= MIN_BUCKETS && seen >= MIN_PACKETS) {
        break;
      }
    }
    return sum * 8 * 1_000_000_000L / (buckets * BUCKET_NANOS);
  }

  private static int at(long bucket) {
    return (int) Math.floorMod(bucket, (long) BUCKETS);
  }
}
