package io.wishbone.webrtc.ice;

/// RFC 8445 sections 5.1.2.1 and 6.1.2.3.
final class CandidatePriority {

  private static final int LOCAL_PREFERENCE = 65_535;
  private static final int COMPONENT = 1;

  /// Our one base.
  static final long HOST = of(126);

  /// What a check announces for the case that the peer learns our address from it (section 7.1.1).
  static final long PEER_REFLEXIVE = of(110);

  private CandidatePriority() {}

  private static long of(int typePreference) {
    return ((long) typePreference << 24) | (LOCAL_PREFERENCE << 8) | (256 - COMPONENT);
  }

  /// The priority of a pair, the same number on both sides.
  static long ofPair(long controlling, long controlled) {
    return (Math.min(controlling, controlled) << 32)
        + 2 * Math.max(controlling, controlled)
        + (controlling > controlled ? 1 : 0);
  }
}
