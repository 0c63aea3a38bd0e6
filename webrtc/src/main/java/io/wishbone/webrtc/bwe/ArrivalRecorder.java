package io.wishbone.webrtc.bwe;

import io.wishbone.webrtc.rtcp.ArrivalDeltas;
import io.wishbone.webrtc.rtcp.TransportFeedback;
import io.wishbone.webrtc.rtp.SequenceUnwrapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Notes when the packets of one transport arrive, by their transport-wide sequence numbers, and
/// makes feedback of it every 50 ms while packets come.
///
/// Feedback covers everything from the oldest packet not yet reported to the newest. A packet that
/// arrives after its successors were reported takes the next feedback back to itself; the
/// successors are then told once more, as having arrived, never as missing. A duplicate changes
/// nothing: the first arrival counts.
///
/// Memory is bounded: the arrivals of the latest 2048 numbers. When the numbers run further ahead
/// than that before feedback is due - by a gap, or by 40,000 packets a second - what is there is
/// put into feedback at once, and at most 16 feedbacks wait to be fetched. The packets of a gap are
/// told as missing, unless it is so wide that the sender must have jumped. A packet that is more
/// than 512 numbers late is ignored, unless so many of those come in a row that the sender must
/// have begun to count anew.
public final class ArrivalRecorder {

  /// Time between feedbacks.
  public static final long INTERVAL_NANOS = 50_000_000;

  static final int WINDOW = 2048;
  static final int MAX_LATENESS = 512;
  static final int MAX_WAITING = 16;

  /// Packets reported as received in one feedback, so that it stays below 1,100 bytes whatever the
  /// pattern of arrivals is: a packet takes at most a chunk for the gap before it, a chunk of its
  /// own and two bytes of delta.
  static final int MAX_RECEIVED = 170;

  /// A wider gap is a jump of the sender. As many fit into one run length chunk.
  static final int MAX_GAP = 8191;

  /// Packets too late in a row after which the sender is taken to count anew.
  static final int MAX_IGNORED = 64;

  private static final long NOT_ARRIVED = Long.MIN_VALUE;

  private final long senderSsrc;
  private final long[] arrivals = new long[WINDOW];
  private final List<TransportFeedback> waiting = new ArrayList<>();

  private SequenceUnwrapper unwrapper = new SequenceUnwrapper();
  private boolean started;

  /// The arrivals of numbers from `begin` to before `end` are at hand.
  private long begin;

  private long end;

  /// The oldest number to report; `end` when there is nothing to report.
  private long unreported;

  private long mediaSsrc;
  private int feedbackCount;
  private int ignored;
  private long dueNanos = Long.MAX_VALUE;

  /// @param senderSsrc whom the feedback names as its sender
  public ArrivalRecorder(long senderSsrc) {
    this.senderSsrc = senderSsrc;
    Arrays.fill(arrivals, NOT_ARRIVED);
  }

  /// Notes a packet with this number in its transport-wide header extension.
  public void onPacket(long mediaSsrc, int transportSequence, long arrivalNanos) {
    long number = unwrapper.unwrap(transportSequence);
    if (!started) {
      startAt(number);
    }
    if (number < end - MAX_LATENESS) {
      if (++ignored < MAX_IGNORED) {
        return;
      }
      number = startAnew(transportSequence);
    }
    if (number < begin) {
      begin = number; // the slots below have never been used
    }
    if (number >= end) {
      extendBeyond(number);
    } else if (arrivals[slot(number)] != NOT_ARRIVED) {
      return;
    }
    ignored = 0;
    arrivals[slot(number)] = arrivalNanos;
    unreported = Math.min(unreported, number);
    this.mediaSsrc = mediaSsrc;
    if (dueNanos == Long.MAX_VALUE) {
      dueNanos = arrivalNanos + INTERVAL_NANOS;
    }
  }

  /// When [#handleTimeout] will have something to say; `Long.MAX_VALUE` when nothing has arrived
  /// since it last did.
  public long nextTimeoutNanos() {
    return dueNanos;
  }

  /// The feedback that is due: mostly none, or one. Several after many packets or reordered ones.
  public List<TransportFeedback> handleTimeout(long nowNanos) {
    if (nowNanos < dueNanos) {
      return List.of();
    }
    reportAll();
    dueNanos = Long.MAX_VALUE;
    List<TransportFeedback> due = List.copyOf(waiting);
    waiting.clear();
    return due;
  }

  private void startAt(long number) {
    started = true;
    begin = number;
    end = number;
    unreported = number;
    ignored = 0;
  }

  private long startAnew(int transportSequence) {
    reportAll();
    Arrays.fill(arrivals, NOT_ARRIVED);
    unwrapper = new SequenceUnwrapper();
    long number = unwrapper.unwrap(transportSequence);
    startAt(number);
    return number;
  }

  private void extendBeyond(long number) {
    long newEnd = number + 1;
    if (newEnd - unreported > WINDOW) {
      reportAll();
    }
    for (long n = Math.max(end, newEnd - WINDOW); n < newEnd; n++) {
      arrivals[slot(n)] = NOT_ARRIVED;
    }
    if (number - end > MAX_GAP) {
      unreported = number;
    }
    begin = Math.max(begin, newEnd - WINDOW);
    end = newEnd;
  }

  private void reportAll() {
    while (unreported < end) {
      if (waiting.size() == MAX_WAITING) {
        waiting.removeFirst();
      }
      waiting.add(report());
    }
  }

  /// Feedback about as many packets from `unreported` on as one can hold. There is one that arrived
  /// among them: the newest always has.
  private TransportFeedback report() {
    long firstArrived = unreported;
    while (arrival(firstArrived) == NOT_ARRIVED) {
      firstArrived++;
    }
    long reference =
        Math.floorDiv(ticks(arrival(firstArrived)), TransportFeedback.TICKS_PER_REFERENCE);
    long previous = reference * TransportFeedback.TICKS_PER_REFERENCE;
    int[] deltas = new int[(int) (end - unreported)];
    int count = 0;
    int received = 0;
    for (; count < deltas.length; count++) {
      long arrival = arrival(unreported + count);
      if (arrival == NOT_ARRIVED) {
        deltas[count] = ArrivalDeltas.NOT_RECEIVED;
        continue;
      }
      long delta = ticks(arrival) - previous;
      if (received == MAX_RECEIVED || delta < ArrivalDeltas.MIN || delta > ArrivalDeltas.MAX) {
        break;
      }
      deltas[count] = (int) delta;
      previous += delta;
      received++;
    }
    int base = (int) unreported & 0xFFFF;
    unreported += count;
    return new TransportFeedback(
        senderSsrc,
        mediaSsrc,
        base,
        (int) reference << 8 >> 8,
        feedbackCount++ & 0xFF,
        ArrivalDeltas.copyOf(deltas, count));
  }

  private long arrival(long number) {
    return number < begin ? NOT_ARRIVED : arrivals[slot(number)];
  }

  private static long ticks(long nanos) {
    return Math.floorDiv(nanos, TransportFeedback.NANOS_PER_TICK);
  }

  private static int slot(long number) {
    return (int) number & (WINDOW - 1);
  }
}
