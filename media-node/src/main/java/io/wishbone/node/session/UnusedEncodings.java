package io.wishbone.node.session;

import io.wishbone.node.stream.Encoding;
import io.wishbone.node.stream.MediaStream;
import io.wishbone.node.stream.Track;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Finds out that nobody has use for the upper encodings of a simulcast, and what the publisher
/// needs for the others: told no more than that, it pauses those that do not fit.
///
/// ```
///            nobody had use for 3 s                       somebody has use
/// all sent ------------------------> cap: what the used ------------------> all sent
///                                    ones and sound take
/// ```
///
/// Somebody who watches is needed: a stream that nobody watches is kept whole for who comes first.
final class UnusedEncodings {
  static final long UNLIMITED = Long.MAX_VALUE;

  /// How often to look.
  static final long LOOK_NANOS = 200_000_000L;

  private static final long PATIENCE_NANOS = 3_000_000_000L;

  /// What encoders and repair may take beyond the average.
  private static final double MARGIN = 1.15;

  private static final long OTHER_BITRATE = 20_000;

  private final MediaStream stream;
  private long limit = UNLIMITED;
  private long unusedSinceNanos = Long.MAX_VALUE;
  private int paused;

  UnusedEncodings(MediaStream stream) {
    this.stream = stream;
  }

  /// Looks again.
  ///
  /// @param picture the track that is a simulcast
  /// @param soundBitrate of what else is sent
  /// @return what the publisher may send at most, bits a second, or [#UNLIMITED]
  long look(Track picture, long soundBitrate, long nowNanos) {
    List<Encoding> encodings = new ArrayList<>(picture.encodings());
    encodings.removeIf(each -> each.potentialBitrate() == 0);
    encodings.sort(Comparator.comparingLong(Encoding::potentialBitrate));
    int used = used(picture, encodings, nowNanos);
    int sent = encodings.size() - paused;
    if (!stream.hasSinks() || used == 0 || used > sent) {
      lift(encodings);
    }
    if (!stream.hasSinks() || used == 0 || used >= sent) {
      unusedSinceNanos = Long.MAX_VALUE;
      return limit;
    }
    unusedSinceNanos = Math.min(unusedSinceNanos, nowNanos);
    if (nowNanos - unusedSinceNanos >= PATIENCE_NANOS) {
      pause(encodings, used, soundBitrate);
    }
    return limit;
  }

  /// How many encodings are of use: those up to the largest that a sink has use for.
  private int used(Track picture, List<Encoding> encodings, long nowNanos) {
    for (int i = encodings.size() - 1; i >= 0; i--) {
      if (stream.uses(picture, encodings.get(i), nowNanos)) {
        return i + 1;
      }
    }
    return 0;
  }

  private void pause(List<Encoding> encodings, int used, long soundBitrate) {
    long needed = 0;
    for (int i = 0; i < encodings.size(); i++) {
      Encoding each = encodings.get(i);
      if (i < used) {
        needed += each.bitrate();
      } else {
        each.pausedAt(each.potentialBitrate());
      }
    }
    paused = encodings.size() - used;
    limit = (long) (MARGIN * (needed + soundBitrate)) + OTHER_BITRATE;
  }

  private void lift(List<Encoding> encodings) {
    if (limit != UNLIMITED) {
      encodings.forEach(each -> each.pausedAt(0));
      limit = UNLIMITED;
      paused = 0;
    }
  }
}
