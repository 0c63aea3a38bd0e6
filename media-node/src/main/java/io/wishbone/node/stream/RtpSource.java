package io.wishbone.node.stream;

/// Where a stream's packets come from.
public interface RtpSource {

  /// Asks for a keyframe of an encoding. May be asked often: requests are coalesced.
  void requestKeyframe(Encoding encoding, long nowNanos);
}
