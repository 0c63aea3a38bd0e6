package io.wishbone.webrtc.nack;

import java.util.Arrays;

/// Decides what a viewer gets that reports packets of one track as lost. It sends nothing itself:
/// whoever asks has the viewer's numbering, and finds the packet in the [PacketHistory].
///
/// ```java
/// for (int number : nack.sequenceNumbers()) {
///   long viewerIndex = lastSent + SequenceNumbers.distance(number, (int) lastSent);
///   long index = numbering.sourceIndex(viewerIndex);
///   if (responder.judge(history, index, viewerIndex, roundTrip, now) == Verdict.SEND) {
///     rewriter.write(history, history.find(index), ...);
///   }
/// }
/// ```
///
/// Per packet of hostile NACKs the cost is a table lookup; beyond [#QUESTIONS_A_SECOND] not even
/// that.
public final class NackResponder {

  /// Packets that a viewer may ask for in a second, and at once.
  static final int QUESTIONS_A_SECOND = 4096;

  /// Retransmissions remembered. A packet as many numbers later takes the place of the earlier one,
  /// which could then be sent again too soon, within the budget.
  static final int REMEMBERED = 256;

  private static final long SECOND = 1_000_000_000L;
  private static final long MIN_INTERVAL_NANOS = 5_000_000;
  private static final long USUAL_INTERVAL_NANOS = 30_000_000;
  private static final long[] NONE = {};

  private final RetransmissionBudget budget;
  private long[] sentIndexes = NONE;
  private long[] sentNanos = NONE;
  private long questionsSinceNanos = Long.MIN_VALUE;
  private int questions;
  private boolean keyframeNeeded;

  private long retransmitted;
  private long tooSoon;
  private long overBudget;
  private long gone;
  private long ignored;

  /// @param budget the viewer's, shared by its tracks
  public NackResponder(RetransmissionBudget budget) {
    this.budget = budget;
  }

  /// What becomes of one packet that was reported as lost. [Verdict#SEND] is an order: the budget
  /// has been charged.
  ///
  /// @param index the source's index of the packet
  /// @param viewerIndex the index under which the viewer knows it
  /// @param roundTripNanos to the viewer, or a negative number while it is unknown
  public Verdict judge(
      PacketHistory history, long index, long viewerIndex, long roundTripNanos, long nowNanos) {
    return decide(history, index, viewerIndex, nowNanos - intervalNanos(roundTripNanos), nowNanos);
  }

  /// The same for a packet of which it is known when it was sent in vain: it is not sent again when
  /// that has been done since.
  public Verdict judgeSent(
      PacketHistory history, long index, long viewerIndex, long sentNanos, long nowNanos) {
    return decide(history, index, viewerIndex, sentNanos, nowNanos);
  }

  /// A packet that was just sent again will be sent once more: until then, what was sent before is
  /// not missed.
  ///
  /// @param atNanos when it will be, at the earliest
  public void onCopyPlanned(long viewerIndex, long atNanos) {
    int memory = (int) viewerIndex & (REMEMBERED - 1);
    if (sentIndexes.length > 0 && sentIndexes[memory] == viewerIndex) {
      sentNanos[memory] = atNanos;
    }
  }

  /// @param afterNanos sending it again after this moment was enough
  private Verdict decide(
      PacketHistory history, long index, long viewerIndex, long afterNanos, long nowNanos) {
    if (asksTooMuch(nowNanos)) {
      ignored++;
      return Verdict.IGNORED;
    }
    int slot = history.find(index);
    if (slot < 0) {
      if (!history.isGone(index)) {
        return Verdict.NOT_HERE;
      }
      gone++;
      keyframeNeeded = true;
      return Verdict.GONE;
    }
    if (sentIndexes.length == 0) {
      sentIndexes = new long[REMEMBERED];
      sentNanos = new long[REMEMBERED];
      Arrays.fill(sentIndexes, Long.MIN_VALUE);
    }
    int memory = (int) viewerIndex & (REMEMBERED - 1);
    if (sentIndexes[memory] == viewerIndex && sentNanos[memory] > afterNanos) {
      tooSoon++;
      return Verdict.TOO_SOON;
    }
    if (!budget.take(history.length(slot), nowNanos)) {
      overBudget++;
      return Verdict.OVER_BUDGET;
    }
    sentIndexes[memory] = viewerIndex;
    sentNanos[memory] = nowNanos;
    retransmitted++;
    return Verdict.SEND;
  }

  private boolean asksTooMuch(long nowNanos) {
    if (questionsSinceNanos == Long.MIN_VALUE || nowNanos - questionsSinceNanos >= SECOND) {
      questionsSinceNanos = nowNanos;
      questions = 0;
    }
    if (questions == QUESTIONS_A_SECOND) {
      return true;
    }
    questions++;
    return false;
  }

  private static long intervalNanos(long roundTripNanos) {
    return roundTripNanos < 0
        ? USUAL_INTERVAL_NANOS
        : Math.clamp(roundTripNanos, MIN_INTERVAL_NANOS, SECOND);
  }

  /// Whether the viewer reported a packet that is held no more. Asking resets it. Means nothing for
  /// sound.
  public boolean pollKeyframeNeeded() {
    boolean needed = keyframeNeeded;
    keyframeNeeded = false;
    return needed;
  }

  public long retransmitted() {
    return retransmitted;
  }

  public long tooSoon() {
    return tooSoon;
  }

  public long overBudget() {
    return overBudget;
  }

  public long gone() {
    return gone;
  }

  public long ignored() {
    return ignored;
  }
}
