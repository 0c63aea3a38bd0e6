package io.wishbone.it.quality;

/// What one direction of a path does to datagrams.
///
/// @param loss the share that is lost, each by itself
/// @param delayMillis how long each takes at least
/// @param bitsPerSecond what passes at most, IP and UDP headers counted; 0 for no limit
/// @param queueMillis how long a datagram waits at most where that is full; what would wait longer
///   is dropped
public record Conditions(double loss, long delayMillis, long bitsPerSecond, long queueMillis) {
  public static final Conditions PERFECT = new Conditions(0, 0, 0, 0);

  /// Room for what arrives in a quarter of a second, as home routers have or more.
  private static final long USUAL_QUEUE_MILLIS = 250;

  public static Conditions lossy(double loss, long delayMillis) {
    return new Conditions(loss, delayMillis, 0, 0);
  }

  static Conditions narrow(long bitsPerSecond, long delayMillis) {
    return new Conditions(0, delayMillis, bitsPerSecond, USUAL_QUEUE_MILLIS);
  }
}
