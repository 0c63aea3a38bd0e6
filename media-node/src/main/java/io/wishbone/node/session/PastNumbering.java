package io.wishbone.node.session;

import io.wishbone.node.forward.CatchUp;
import io.wishbone.node.forward.EgressNumbering;
import io.wishbone.node.forward.SourcePacket;
import io.wishbone.node.stream.Encoding;
import io.wishbone.webrtc.rtp.RtpTimestamps;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// Numbers for a viewer that begins with the past.
final class PastNumbering {
  /// What the past is drawn together to: a player shows it in a tenth of a second.
  private static final int CATCH_UP_DIVISOR = 10;

  private PastNumbering() {}

  /// The numbering for the present group of pictures; null when there is no room for it in the
  /// viewer's time. A viewer that has got nothing yet keeps the source's timestamps.
  ///
  /// @param target the layers that are sent of it
  /// @param firstIndex of the viewer, when it has got nothing yet
  /// @param newest the newest packet; it is not used any more when the first one is loaded
  /// @param load finds a packet
  static @Nullable EgressNumbering of(
      Encoding encoding,
      int target,
      EgressPosition position,
      long firstIndex,
      SourcePacket newest,
      LongFunction<@Nullable SourcePacket> load) {
    int clockRate = encoding.codec().clockRate();
    long newestIndex = newest.index();
    long newestSource = newest.rtp().timestamp();
    long newestViewer =
        position.isStarted()
            ? position.timestampAt(newest, encoding, clockRate)
            : newest.rtp().timestamp();
    long room =
        position.isStarted()
            ? Math.min(position.room(newest, encoding, clockRate), clockRate / CATCH_UP_DIVISOR)
            : clockRate / CATCH_UP_DIVISOR;
    SourcePacket first = load.apply(encoding.history().group().first());
    if (first == null || room < 1) {
      return null;
    }
    long span = RtpTimestamps.distance(newestSource, first.rtp().timestamp());
    if (span < 0) {
      return null;
    }
    var past = new CatchUp(newestIndex, newestSource, Math.max(1, (span + room - 1) / room));
    return position.isStarted()
        ? position.followPast(first, target, past, newestViewer)
        : EgressNumbering.beginning(first, target, firstIndex, first.rtp().timestamp())
            .catchingUp(past);
  }
}
