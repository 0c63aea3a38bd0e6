package io.wishbone.webrtc.nack;

import io.wishbone.webrtc.rtcp.Nack;
import java.util.ArrayList;
import java.util.List;

/// Finds what is missing in one incoming stream and asks the sender for it, until it comes or is
/// not worth waiting for any more.
///
/// ```
/// gap seen --reorder wait--> request --retry time--> request ... --> given up
///     |                         |                       |               |
///     +-- came by itself        +------ came -----------+               +--> keyframe needed
/// ```
///
/// The retry time follows the round trip, which is measured by what comes on its first request
/// (later ones are ambiguous), and by [#onRoundTrip]. See [NackPolicy] for the bounds. When they
/// are exceeded, packets from before the newest keyframe are forgotten first, then all.
///
/// One a stream, fed with extended sequence numbers: of the stream itself, and of retransmissions
/// under the number of the packet that they repair.
public final class NackGenerator {

  /// Numbers in one NACK, so that it stays near 1,000 bytes however they are scattered.
  static final int MAX_NUMBERS = 240;

  private final long senderSsrc;
  private final long mediaSsrc;
  private final NackPolicy policy;
  private final MissingPackets missing;
  private final RetryClock clock;

  private boolean started;
  private long highest;
  private long keyframe = Long.MIN_VALUE;
  private long dueNanos = Long.MAX_VALUE;
  private boolean keyframeNeeded;

  private long detected;
  private long reordered;
  private long recovered;
  private long givenUp;
  private long requests;
  private long asked;

  /// @param senderSsrc whom the NACKs name as their sender
  /// @param mediaSsrc the stream that is watched
  public NackGenerator(long senderSsrc, long mediaSsrc, NackPolicy policy) {
    this.senderSsrc = senderSsrc;
    this.mediaSsrc = mediaSsrc;
    this.policy = policy;
    this.missing = new MissingPackets(policy.maxMissing());
    this.clock = new RetryClock(policy);
  }

  /// Takes note of a packet, whichever way it came.
  ///
  /// @param index its extended sequence number
  public Arrival onPacket(long index, long nowNanos) {
    if (!started) {
      started = true;
      highest = index;
      return Arrival.NEW;
    }
    if (index > highest) {
      detect(index, nowNanos);
      highest = index;
      return Arrival.NEW;
    }
    int at = missing.find(index);
    if (at < 0) {
      return Arrival.STALE;
    }
    fill(at, nowNanos);
    return Arrival.FILLED;
  }

  private void detect(long index, long nowNanos) {
    long gap = index - highest - 1;
    if (gap == 0) {
      return;
    }
    detected += gap;
    if (gap > policy.maxGap()) {
      givenUp += gap;
      giveUpAll();
      return;
    }
    if (missing.size() + gap > policy.maxMissing()) {
      int obsolete = missing.countBefore(keyframe);
      givenUp += obsolete;
      missing.removeFirst(obsolete);
    }
    if (missing.size() + gap > policy.maxMissing()) {
      giveUpAll();
    }
    for (long lost = highest + 1; lost < index; lost++) {
      missing.add(lost, nowNanos);
    }
    dueNanos = Math.min(dueNanos, nowNanos + clock.reorderNanos());
  }

  private void giveUpAll() {
    givenUp += missing.size();
    missing.truncate(0);
    keyframeNeeded = true;
    dueNanos = Long.MAX_VALUE;
  }

  private void fill(int at, long nowNanos) {
    int asked = missing.requests(at);
    if (asked == 0) {
      clock.onReordered(nowNanos - missing.detectedNanos(at));
      reordered++;
    } else {
      if (asked == 1) {
        clock.onRoundTrip(nowNanos - missing.requestedNanos(at));
      } else {
        clock.onAmbiguous();
      }
      clock.onLost();
      recovered++;
    }
    missing.remove(at);
    if (missing.size() == 0) {
      dueNanos = Long.MAX_VALUE;
    }
  }

  /// A keyframe begins with this packet: whatever is older is dispensable in need.
  public void onKeyframe(long index) {
    keyframe = Math.max(keyframe, index);
  }

  /// A round trip to the sender that was measured otherwise.
  public void onRoundTrip(long nanos) {
    clock.onRoundTrip(nanos);
  }

  /// When [#handleTimeout] will have something to do; `Long.MAX_VALUE` while nothing is missing.
  public long nextTimeoutNanos() {
    return dueNanos;
  }

  /// The requests that are due: mostly none, or one.
  public List<Nack> handleTimeout(long nowNanos) {
    if (nowNanos < dueNanos) {
      return List.of();
    }
    List<Nack> nacks = new ArrayList<>(1);
    List<Integer> numbers = new ArrayList<>();
    dueNanos = Long.MAX_VALUE;
    int kept = 0;
    for (int at = 0; at < missing.size(); at++) {
      long waitingFor = nextStepNanos(at);
      if (waitingFor <= nowNanos) {
        if (isHopeless(at, nowNanos)) {
          giveUp(missing.index(at));
          continue;
        }
        numbers.add((int) missing.index(at) & 0xFFFF);
        asked++;
        missing.request(at, nowNanos);
        if (numbers.size() == MAX_NUMBERS) {
          nacks.add(new Nack(senderSsrc, mediaSsrc, numbers));
          numbers.clear();
        }
        waitingFor = nextStepNanos(at);
      }
      dueNanos = Math.min(dueNanos, waitingFor);
      missing.move(at, kept++);
    }
    missing.truncate(kept);
    if (!numbers.isEmpty()) {
      nacks.add(new Nack(senderSsrc, mediaSsrc, numbers));
    }
    requests += nacks.size();
    return nacks;
  }

  private long nextStepNanos(int at) {
    return missing.requests(at) == 0
        ? missing.detectedNanos(at) + clock.reorderNanos()
        : missing.requestedNanos(at) + clock.retryNanos();
  }

  private boolean isHopeless(int at, long nowNanos) {
    return missing.requests(at) >= policy.maxRequests()
        || nowNanos - missing.detectedNanos(at) > policy.maxAgeNanos();
  }

  private void giveUp(long index) {
    givenUp++;
    keyframeNeeded |= index > keyframe;
  }

  /// Whether a loss could not be repaired that only a keyframe mends. Asking resets it. Means
  /// nothing for sound.
  public boolean pollKeyframeNeeded() {
    boolean needed = keyframeNeeded;
    keyframeNeeded = false;
    return needed;
  }

  /// Packets waited for now.
  public int missing() {
    return missing.size();
  }

  /// Packets that were missing at some time. Of these, sooner or later: [#reordered], [#recovered],
  /// [#givenUp].
  public long detected() {
    return detected;
  }

  /// Packets that came by themselves, out of order.
  public long reordered() {
    return reordered;
  }

  /// Packets that came on request.
  public long recovered() {
    return recovered;
  }

  /// Packets that did not come.
  public long givenUp() {
    return givenUp;
  }

  /// Packets asked for, those that were asked for several times as often.
  public long asked() {
    return asked;
  }

  /// NACK packets made.
  public long requests() {
    return requests;
  }

  /// The round trip as retransmissions show it, or -1 while none has.
  public long roundTripNanos() {
    return clock.roundTripNanos();
  }
}
