package io.wishbone.webrtc.bwe;

/// What the way to one receiver carries, as far as is known.
///
/// @param bitrate bits a second to share out among everything that is sent, repair and padding too
/// @param source what it follows from
/// @param acknowledged bits a second that arrive, or -1 while that is unknown
/// @param loss share of packets lost lately, 0 to 1
/// @param inherentLoss the part of it that has nothing to do with the bitrate
/// @param usage what the delay says
/// @param applicationLimited whether less is sent than may be
public record Estimate(
    long bitrate,
    Source source,
    long acknowledged,
    double loss,
    double inherentLoss,
    Usage usage,
    boolean applicationLimited) {

  /// What an estimate follows from.
  public enum Source {
    /// Nothing is known yet.
    START,
    /// The delay, or a probe.
    DELAY,
    /// The loss.
    LOSS,
    /// What the receiver estimated by itself.
    RECEIVER
  }
}
