package io.wishbone.control;

/// What is wrong with a session, as its node sees it.
public enum Verdict {
  /// Nothing that can be seen from the node, or it is too early to tell.
  OK,
  /// No connectivity check has come, although the answer names an address that others can reach.
  NO_STUN,
  /// No connectivity check has come, and the answer names only addresses of the node's own machine
  /// to a client that is elsewhere.
  WRONG_ADDRESS,
  /// Checks have come, and DTLS did not come about.
  STUN_NO_DTLS,
  /// The client's certificate is not the one that its offer announced.
  FINGERPRINT_MISMATCH,
  /// Connected, and no media flow.
  NO_MEDIA,
  /// Media flow, and a keyframe has been missing for long.
  NO_KEYFRAME,
  /// More than a twentieth of the packets is lost.
  LOSS,
  /// The publisher sends B-frames, which browsers cannot play.
  B_FRAMES
}
