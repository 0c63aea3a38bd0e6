package io.wishbone.client.load;

import java.time.Duration;

/// What a swarm does.
///
/// @param publishers how many streams it publishes; none when there is something to watch already
/// @param viewers spread evenly over the streams
/// @param frameBytes of each frame that a publisher sends, but for keyframes, which are larger
/// @param framesPerSecond that a publisher sends
/// @param rampPerSecond how many viewers come in a second
/// @param duration how long it measures when all have come
/// @param threads that carry the sessions
/// @param sample one packet in so many is decrypted
/// @param feedback whether viewers report arrivals, from which a server estimates what their paths
///   carry; on a machine that is too busy it finds that they carry little
/// @param serverPid the process whose processor time is measured, 0 for none
/// @param idle whether viewers that have a keyframe do nothing any more but show that they are
///   there (RFC 7675): for those who want very many
public record LoadPlan(
    int publishers,
    int viewers,
    int frameBytes,
    int framesPerSecond,
    double rampPerSecond,
    Duration duration,
    int threads,
    int sample,
    boolean feedback,
    long serverPid,
    boolean idle) {

  /// Viewers who watch.
  public LoadPlan(
      int publishers,
      int viewers,
      int frameBytes,
      int framesPerSecond,
      double rampPerSecond,
      Duration duration,
      int threads,
      int sample,
      boolean feedback,
      long serverPid) {
    this(
        publishers,
        viewers,
        frameBytes,
        framesPerSecond,
        rampPerSecond,
        duration,
        threads,
        sample,
        feedback,
        serverPid,
        false);
  }

  /// The same with viewers who are there, and do no more.
  public LoadPlan withIdleViewers() {
    return new LoadPlan(
        publishers,
        viewers,
        frameBytes,
        framesPerSecond,
        rampPerSecond,
        duration,
        threads,
        sample,
        feedback,
        serverPid,
        true);
  }

  /// Bytes of a frame for a bit rate.
  public static int frameBytes(long bitsPerSecond, int framesPerSecond) {
    return (int) Math.max(SyntheticVideo.STAMP_BYTES, bitsPerSecond / 8 / framesPerSecond);
  }

  /// Bytes of a frame that goes into so many packets of about 1,150 bytes.
  public static int frameOfPackets(int packets) {
    return packets * (SyntheticVideo.PAYLOAD_BYTES - SyntheticVideo.DESCRIPTOR_BYTES);
  }

  int streams() {
    return Math.max(1, publishers);
  }
}
