package io.wishbone.node.worker;

import io.wishbone.webrtc.sdp.SdpFragment;

/// What became of an ICE restart.
public sealed interface RestartResult {

  /// A new ICE session has begun.
  ///
  /// @param fragment our new credentials, and our candidates
  record Restarted(SdpFragment fragment) implements RestartResult {}

  /// The ICE session goes on as it was.
  record Refused(RefusalReason reason, String detail) implements RestartResult {}
}
