package io.wishbone.signaling.admin;

import io.wishbone.control.SessionDiagnosis;
import io.wishbone.control.SessionFigures;
import io.wishbone.control.Verdict;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the sessions of one stream, in one role, come to now.
final class StreamFigures {

  private final Map<Verdict, Integer> sessions = new EnumMap<>(Verdict.class);
  private final Mean loss = new Mean();
  private final Mean roundTripMillis = new Mean();
  private final Mean jitterMillis = new Mean();
  private long packets;
  private long bytes;
  private long bitrate;
  private long lost;
  private long nacks;
  private long repaired;
  private long keyframeRequests;

  /// A mean, and the largest value.
  private static final class Mean {
    private int count;
    private double sum;
    private double max;

    void add(@Nullable Double value) {
      if (value != null) {
        count++;
        sum += value;
        max = Math.max(max, value);
      }
    }
  }

  void add(SessionDiagnosis diagnosis) {
    sessions.merge(diagnosis.verdict(), 1, Integer::sum);
    SessionFigures figures = diagnosis.figures();
    packets += figures.packets();
    bytes += figures.bytes();
    bitrate += figures.bitrate();
    lost += figures.lost();
    nacks += figures.nacks();
    repaired += figures.repaired();
    keyframeRequests += figures.keyframeRequests();
    loss.add(figures.loss());
    roundTripMillis.add(figures.roundTripMillis());
    jitterMillis.add(figures.jitterMillis());
  }

  /// @param labels of the stream and the role
  void write(Exposition to, String labels) {
    sessions.forEach((verdict, count) ->
        to.gauge(
            "wishbone_stream_sessions",
            "Sessions of the stream, by what is wrong with them",
            labels + ",verdict=\"" + AdminJson.word(verdict) + "\"",
            count));
    to.gauge("wishbone_stream_bitrate", "Bits a second of all of them", labels, bitrate);
    to.gauge("wishbone_stream_packets", "Packets of those that are there", labels, packets);
    to.gauge("wishbone_stream_bytes", "Bytes of media of those that are there", labels, bytes);
    to.gauge("wishbone_stream_lost", "Packets that did not come", labels, lost);
    to.gauge("wishbone_stream_nacks", "Packets that were asked for again", labels, nacks);
    to.gauge("wishbone_stream_repaired", "Packets that came or were sent again", labels, repaired);
    to.gauge(
        "wishbone_stream_keyframe_requests",
        "How often a keyframe was asked for",
        labels,
        keyframeRequests);
    write(to, "loss", "Share of packets lost lately", labels, loss, 1);
    write(to, "round_trip_seconds", "There and back", labels, roundTripMillis, 1e-3);
    write(to, "jitter_seconds", "Of the worst track", labels, jitterMillis, 1e-3);
  }

  private static void write(
      Exposition to, String what, String help, String labels, Mean of, double unit) {
    if (of.count > 0) {
      to.gauge("wishbone_stream_" + what + "_mean", help, labels, unit * of.sum / of.count);
      to.gauge("wishbone_stream_" + what + "_max", help, labels, unit * of.max);
    }
  }
}
