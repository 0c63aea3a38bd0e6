package io.wishbone.webrtc.sim;

import java.time.Duration;

/// How one direction between two sockets treats datagrams.
///
/// @param delay one-way delay
/// @param jitter added to the delay, uniform from nothing to this; alone it does not reorder
/// @param loss share of datagrams lost, 0..1
/// @param duplication share delivered twice
/// @param reordering share held back by one extra `delay + jitter`
/// @param bitsPerSecond rate of the bottleneck, 0 for none
/// @param queueBytes what waits at the bottleneck before datagrams are dropped
public record LinkConditions(
    Duration delay,
    Duration jitter,
    double loss,
    double duplication,
    double reordering,
    long bitsPerSecond,
    int queueBytes) {

  /// A clean local network: half a millisecond, nothing lost.
  public static final LinkConditions LAN =
      new LinkConditions(Duration.ofNanos(500_000), Duration.ZERO, 0, 0, 0, 0, 0);

  /// A path across a country.
  public static final LinkConditions WAN =
      new LinkConditions(Duration.ofMillis(20), Duration.ofMillis(4), 0, 0, 0, 0, 0);

  public LinkConditions withLoss(double share) {
    return new LinkConditions(
        delay, jitter, share, duplication, reordering, bitsPerSecond, queueBytes);
  }

  public LinkConditions withDelay(Duration oneWay, Duration variation) {
    return new LinkConditions(
        oneWay, variation, loss, duplication, reordering, bitsPerSecond, queueBytes);
  }

  public LinkConditions withDuplication(double share) {
    return new LinkConditions(delay, jitter, loss, share, reordering, bitsPerSecond, queueBytes);
  }

  public LinkConditions withReordering(double share) {
    return new LinkConditions(delay, jitter, loss, duplication, share, bitsPerSecond, queueBytes);
  }

  public LinkConditions withRate(long bits, int queue) {
    return new LinkConditions(delay, jitter, loss, duplication, reordering, bits, queue);
  }
}
