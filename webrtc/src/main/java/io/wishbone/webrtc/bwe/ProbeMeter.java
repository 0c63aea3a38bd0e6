package io.wishbone.webrtc.bwe;

/// Measures the latest probe clusters: the lesser of the rates at which their packets were sent and
/// arrived.
final class ProbeMeter {

  /// A cluster shows nothing yet, or will not any more.
  static final long NOTHING = -1;

  /// A cluster's packets came faster than they can have been sent through: held up on the way,
  /// behind a queue that was there before, and then let go at once.
  static final long UNCLEAR = -2;

  private static final int CLUSTERS = 8;
  private static final double ENOUGH = 0.8;
  private static final double MAX_RATIO = 2;
  private static final double SATURATED = 0.9;
  private static final double MARGIN = 0.95;
  private static final long SECOND = 1_000_000_000L;

  /// One cluster's packets that arrived.
  private static final class Arrivals {
    private int id = ProbeCluster.NONE;
    private int minBytes;
    private int minPackets;
    private int packets;
    private long bytes;
    private long firstSent;
    private long lastSent;
    private int lastSentBytes;
    private long firstArrived;
    private int firstArrivedBytes;
    private long lastArrived;
  }

  private final Arrivals[] ring = new Arrivals[CLUSTERS];

  ProbeMeter() {
    for (int i = 0; i < CLUSTERS; i++) {
      ring[i] = new Arrivals();
    }
  }

  void expect(ProbeCluster cluster) {
    Arrivals arrivals = ring[cluster.id() % CLUSTERS];
    arrivals.id = cluster.id();
    arrivals.minBytes = (int) (ENOUGH * cluster.bytes());
    arrivals.minPackets = (int) Math.ceil(ENOUGH * cluster.packets());
    arrivals.packets = 0;
    arrivals.bytes = 0;
  }

  /// A packet of a cluster arrived. Returns what the cluster shows so far, bits a second; or
  /// [#NOTHING] or [#UNCLEAR].
  long onPacket(int id, int bytes, long sentNanos, long arrivedNanos) {
    Arrivals cluster = ring[id % CLUSTERS];
    if (cluster.id != id) {
      return NOTHING;
    }
    if (cluster.packets == 0 || sentNanos < cluster.firstSent) {
      cluster.firstSent = sentNanos;
    }
    if (cluster.packets == 0 || sentNanos >= cluster.lastSent) {
      cluster.lastSent = sentNanos;
      cluster.lastSentBytes = bytes;
    }
    if (cluster.packets == 0 || arrivedNanos < cluster.firstArrived) {
      cluster.firstArrived = arrivedNanos;
      cluster.firstArrivedBytes = bytes;
    }
    if (cluster.packets == 0 || arrivedNanos > cluster.lastArrived) {
      cluster.lastArrived = arrivedNanos;
    }
    cluster.packets++;
    cluster.bytes += bytes;
    return cluster.packets >= cluster.minPackets && cluster.bytes >= cluster.minBytes
        ? measure(cluster)
        : NOTHING;
  }

  private static long measure(Arrivals cluster) {
    long sendSpan = cluster.lastSent - cluster.firstSent;
    long arrivalSpan = cluster.lastArrived - cluster.firstArrived;
    if (sendSpan <= 0 || sendSpan > SECOND || arrivalSpan <= 0 || arrivalSpan > SECOND) {
      return NOTHING;
    }
    double sent = (cluster.bytes - cluster.lastSentBytes) * 8.0 * SECOND / sendSpan;
    double arrived = (cluster.bytes - cluster.firstArrivedBytes) * 8.0 * SECOND / arrivalSpan;
    if (arrived > MAX_RATIO * sent) {
      return UNCLEAR;
    }
    // Who has filled the bottleneck has measured it, and stays below.
    return (long) (arrived < SATURATED * sent ? MARGIN * arrived : Math.min(sent, arrived));
  }
}
