package io.wishbone.node.stream;

import io.wishbone.node.forward.SourcePacket;
import java.util.List;

/// Where a stream's packets go.
public interface RtpSink {

  /// A source was attached, the first one or a successor: its tracks are these, and all that was
  /// known about earlier tracks is void.
  void onSourceAttached(List<Track> tracks, long nowNanos);

  /// The source is gone; another may follow.
  void onSourceDetached(long nowNanos);

  /// A packet of the source; those of one burst follow each other. It is lent for the duration of
  /// the call.
  void onPacket(Track track, SourcePacket packet);

  /// Reads what the next packets of the track will need, so that it comes into the processor's
  /// caches together with what other sinks need. Changes nothing.
  ///
  /// @return something made of what was read, which only keeps the reading from being left out
  default int prefetch(Track track) {
    return 0;
  }

  /// Whether it has use for an encoding, or would have if it were sent now. Who cannot tell has.
  default boolean uses(Track track, Encoding encoding, long nowNanos) {
    return true;
  }
}
