package io.wishbone.node.doctor;

/// What is wrong with a session.
public enum Verdict {
  /// Nothing, as far as can be seen from here; or it is too early to tell.
  OK,
  /// No connectivity check came, although the addresses in the answer could be reached from where
  /// the peer says it is: a firewall, most of the time.
  NO_STUN,
  /// No connectivity check came, and the answer names addresses of this machine only to a peer that
  /// is elsewhere.
  WRONG_ADDRESS,
  /// Checks came and no DTLS: the peer gave up, or something lets small packets pass only.
  STUN_NO_DTLS,
  /// The peer's certificate is not the one that its description announced.
  FINGERPRINT_MISMATCH,
  /// It is connected, and no media flow.
  NO_MEDIA,
  /// Media flow, and no keyframe has come for longer than any encoder should take.
  NO_KEYFRAME,
  /// More than a twentieth of the packets is lost on the way.
  LOSS,
  /// The publisher sends pictures in another order than they are shown in, which browsers cannot
  /// play: B-frames are to be turned off.
  B_FRAMES
}
