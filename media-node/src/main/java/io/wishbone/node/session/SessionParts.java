package io.wishbone.node.session;

import io.wishbone.node.forward.SourcePacket;
import io.wishbone.webrtc.Outbox;
import io.wishbone.webrtc.rtp.RtpHeaderWriter;
import java.util.random.RandomGenerator;

/// What all sessions of one worker share.
///
/// @param packet the packet that is being looked at: there is one at a time
/// @param header scratch space for rewritten headers
public record SessionParts(
    Outbox outbox,
    RandomGenerator random,
    MediaDrops drops,
    SourcePacket packet,
    RtpHeaderWriter header) {

  public SessionParts(Outbox outbox, RandomGenerator random) {
    this(outbox, random, new MediaDrops(), new SourcePacket(), new RtpHeaderWriter());
  }

  /// Never zero, which some take for "none".
  long randomSsrc() {
    return random.nextLong(1, 0x1_0000_0000L);
  }
}
