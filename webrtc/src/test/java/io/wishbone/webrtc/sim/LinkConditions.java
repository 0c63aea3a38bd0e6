package io.wishbone.webrtc.sim;

import java.time.Duration;

/// How one direction between two sockets treats datagrams.
///
/// @param delay one-way delay
/// @param jitter added to the delay, uniform from nothing to this; alone it does not reorder
/// @param loss share of datagrams lost, 0..1
/// @param burst how many datagrams in a row are lost on average (a Gilbert-Elliott channel whose
///   bad state loses everything), 1 for losses that are independent
/// @param duplication share delivered twice
/// @param reordering share held back by one extra `delay + jitter`
/// @param bitsPerSecond rate of the bottleneck, 0 for none
/// @param queueBytes what waits at the bottleneck before datagrams are dropped
public record LinkConditions(
    Duration delay,
    Duration jitter,
    double loss,
    double burst,
    double duplication,
    double reordering,
    long bitsPerSecond,
    int queueBytes) {

  /// A clean local network: half a millisecond, nothing lost.
  public static final LinkConditions LAN =
      new LinkConditions(Duration.ofNanos(500_000), Duration.ZERO, 0, 1, 0, 0, 0, 0);

  /// A path across a country.
  public static final LinkConditions WAN =
      new LinkConditions(Duration.ofMillis(20), Duration.ofMillis(4), 0, 1, 0, 0, 0, 0);

  public LinkConditions withLoss(double share) {
    return new LinkConditions(
        delay, jitter, share, burst, duplication, reordering, bitsPerSecond, queueBytes);
  }

  public LinkConditions withDelay(Duration oneWay, Duration variation) {
    return new LinkConditions(
        oneWay, variation, loss, burst, duplication, reordering, bitsPerSecond, queueBytes);
  }

  public LinkConditions withDuplication(double share) {
    return new LinkConditions(
        delay, jitter, loss, burst, share, reordering, bitsPerSecond, queueBytes);
  }

  public LinkConditions withReordering(double share) {
    return new LinkConditions(
        delay, jitter, loss, burst, duplication, share, bitsPerSecond, queueBytes);
  }

  public LinkConditions withRate(long bits, int queue) {
    return new LinkConditions(delay, jitter, loss, burst, duplication, reordering, bits, queue);
  }

  /// As many are lost as before, but in bursts of this length on average.
  public LinkConditions withBursts(double meanLength) {
    return new LinkConditions(
        delay, jitter, loss, meanLength, duplication, reordering, bitsPerSecond, queueBytes);
  }
}
