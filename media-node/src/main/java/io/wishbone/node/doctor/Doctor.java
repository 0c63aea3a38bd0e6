package io.wishbone.node.doctor;

/// Says what is wrong with a session.
///
/// ```
/// STUN came? --> DTLS came? --> right certificate? --> media flow? --> keyframes? --> B-frames? --> loss?
/// ```
public final class Doctor {
  private static final long SECOND = 1_000_000_000L;

  /// What a connection needs at most when nothing is wrong.
  private static final long PATIENCE_NANOS = 4 * SECOND;

  /// Media, once connected.
  private static final long QUIET_NANOS = 3 * SECOND;

  /// OBS makes a keyframe every ten seconds at most, unless told otherwise; browsers when asked.
  private static final long KEYFRAME_NANOS = 12 * SECOND;

  private static final double MUCH_LOSS = 0.05;
  private static final long MANY_DISORDERED = 10;

  private Doctor() {}

  /// The first thing that is missing, in the order in which a connection comes about.
  public static Verdict examine(SessionFacts facts) {
    if (facts.fingerprintMismatch()) {
      return Verdict.FINGERPRINT_MISMATCH;
    }
    return facts.connectedNanos() < 0 ? examineConnecting(facts) : examineConnected(facts);
  }

  private static Verdict examineConnecting(SessionFacts facts) {
    if (facts.ageNanos() < PATIENCE_NANOS) {
      return Verdict.OK;
    }
    if (!facts.checked()) {
      return facts.peerElsewhere() && !facts.addressesOfOthers()
          ? Verdict.WRONG_ADDRESS
          : Verdict.NO_STUN;
    }
    return Verdict.STUN_NO_DTLS;
  }

  private static Verdict examineConnected(SessionFacts facts) {
    boolean settled = facts.connectedNanos() > QUIET_NANOS;
    if (settled && facts.expectsMedia() && facts.quietNanos() > QUIET_NANOS) {
      return Verdict.NO_MEDIA;
    }
    if (facts.publishes() && facts.disordered() >= MANY_DISORDERED) {
      return Verdict.B_FRAMES;
    }
    if (facts.expectsMedia()
        && facts.hasPicture()
        && facts.withoutKeyframeNanos() > KEYFRAME_NANOS) {
      return Verdict.NO_KEYFRAME;
    }
    return facts.loss() > MUCH_LOSS ? Verdict.LOSS : Verdict.OK;
  }
}
