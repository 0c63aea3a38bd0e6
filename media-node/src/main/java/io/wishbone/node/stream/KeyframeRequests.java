package io.wishbone.node.stream;

/// Coalesces what many viewers ask of one encoder: a keyframe is large, and an encoder that makes
/// too many of them delivers a worse picture to everyone.
///
/// The first request goes out at once. One that comes within [#INTERVAL_NANOS] of it waits for the
/// end of the interval, unless a keyframe arrives meanwhile, which serves it as well.
public final class KeyframeRequests {
  /// At most one request goes out in this time.
  public static final long INTERVAL_NANOS = 500_000_000L;

  /// A keyframe that comes within this time is taken for an answer.
  private static final int MAX_COUNT = 8;

  private static final long ANSWER_NANOS = 500_000_000L;

  /// Whether the encoder makes keyframes when it is asked for them.
  public enum Outcome {
    /// It was not asked often enough to tell.
    UNKNOWN,
    ANSWERED,
    /// OBS and FFmpeg make keyframes when they like.
    IGNORED
  }

  private long nextAllowedNanos = Long.MIN_VALUE;
  private boolean pending;
  private boolean unanswered;
  private boolean impossible;
  private long sentNanos;
  private int answers;
  private int silences;

  /// A viewer needs a keyframe. True: ask the encoder now.
  public boolean ask(long nowNanos) {
    if (nowNanos < nextAllowedNanos) {
      pending = true;
      return false;
    }
    sent(nowNanos);
    return true;
  }

  /// A viewer needs a keyframe of an encoder that cannot be asked yet: it is asked as soon as it
  /// can be, see [#isDue].
  public void postpone() {
    pending = true;
  }

  /// A keyframe begins: everybody who waited is served.
  public void onKeyframe(long nowNanos) {
    pending = false;
    if (unanswered && nowNanos - sentNanos <= ANSWER_NANOS) {
      answers = Math.min(answers + 1, MAX_COUNT);
      silences /= 2;
      unanswered = false;
    }
  }

  /// The source understands no requests.
  public void impossible() {
    impossible = true;
  }

  /// Whether it helps to ask.
  public Outcome outcome() {
    if (impossible || silences >= 2 && silences > answers) {
      return Outcome.IGNORED;
    }
    return answers > 0 ? Outcome.ANSWERED : Outcome.UNKNOWN;
  }

  /// When [#isDue] becomes true, `Long.MAX_VALUE` for never.
  public long nextTimeoutNanos() {
    return pending ? Math.max(0, nextAllowedNanos) : Long.MAX_VALUE;
  }

  /// True: a request that waited is to go out now.
  public boolean isDue(long nowNanos) {
    if (!pending || nowNanos < nextAllowedNanos) {
      return false;
    }
    sent(nowNanos);
    return true;
  }

  private void sent(long nowNanos) {
    if (unanswered) {
      silences = Math.min(silences + 1, MAX_COUNT);
    }
    unanswered = true;
    sentNanos = nowNanos;
    pending = false;
    nextAllowedNanos = nowNanos + INTERVAL_NANOS;
  }
}
