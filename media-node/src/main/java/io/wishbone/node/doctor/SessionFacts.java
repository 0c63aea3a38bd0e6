package io.wishbone.node.doctor;

/// What is known of a session.
///
/// @param publishes whether the peer sends
/// @param ageNanos since it was opened
/// @param addressesOfOthers whether the answer names an address that is reached from where the peer
///   is
/// @param peerElsewhere whether it is known that the peer is not on this machine
/// @param checked whether an authentic connectivity check came
/// @param fingerprintMismatch whether another certificate was shown than was announced
/// @param connectedNanos since DTLS was complete; negative while it is not
/// @param expectsMedia whether there is something to be sent or received
/// @param quietNanos since the last media packet of the session
/// @param hasPicture whether it has a picture
/// @param withoutKeyframeNanos since the last keyframe of the picture, or since media began
/// @param loss the share of packets that is lost, 0 to 1
/// @param disordered pictures that were sent in another order than they are shown in
public record SessionFacts(
    boolean publishes,
    long ageNanos,
    boolean addressesOfOthers,
    boolean peerElsewhere,
    boolean checked,
    boolean fingerprintMismatch,
    long connectedNanos,
    boolean expectsMedia,
    long quietNanos,
    boolean hasPicture,
    long withoutKeyframeNanos,
    double loss,
    long disordered) {

  /// The same of a session that has no time left to connect.
  public SessionFacts withoutPatience() {
    return new SessionFacts(
        publishes,
        Long.MAX_VALUE,
        addressesOfOthers,
        peerElsewhere,
        checked,
        fingerprintMismatch,
        connectedNanos,
        expectsMedia,
        quietNanos,
        hasPicture,
        withoutKeyframeNanos,
        loss,
        disordered);
  }
}
