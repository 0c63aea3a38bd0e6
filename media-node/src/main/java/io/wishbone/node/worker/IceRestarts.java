package io.wishbone.node.worker;

import io.wishbone.webrtc.ice.IceCredentialsGenerator;
import io.wishbone.webrtc.sdp.IceCandidate;
import io.wishbone.webrtc.sdp.IceCredentials;
import io.wishbone.webrtc.sdp.SdpFragment;
import java.util.List;
import java.util.random.RandomGenerator;

/// Begins new ICE sessions of sessions that go on.
final class IceRestarts {
  private static final List<String> ICE_OPTIONS = List.of("trickle", "ice2");

  private IceRestarts() {}

  /// What was answered last, and to what.
  record Answered(IceCredentials remote, RestartResult.Restarted answer) {}

  /// A fragment that comes again is answered as the first time: the client may have that answer
  /// already, and go by it.
  static RestartResult restart(
      WorkerSession session,
      SdpFragment fragment,
      List<IceCandidate> candidates,
      RandomGenerator random,
      long nowNanos) {
    IceCredentials remote = fragment.credentials();
    if (remote == null) {
      return new RestartResult.Refused(
          RefusalReason.MALFORMED_OFFER, "the fragment has no a=ice-ufrag and a=ice-pwd");
    }
    Answered before = session.lastRestart();
    if (before != null && before.remote().equals(remote)) {
      return before.answer();
    }
    var ice = session.transport().ice();
    IceCredentials local = IceCredentialsGenerator.generate(random);
    ice.restart(local, remote, nowNanos);
    fragment.candidates().forEach(candidate -> ice.addRemoteCandidate(candidate, nowNanos));
    SdpFragment answer =
        SdpFragment.of(local, session.tag(), candidates)
            .withIceOptions(ICE_OPTIONS)
            .withEndOfCandidates();
    var restarted = new RestartResult.Restarted(ice.isLite() ? answer.withIceLite() : answer);
    session.restarted(new Answered(remote, restarted));
    return restarted;
  }
}
