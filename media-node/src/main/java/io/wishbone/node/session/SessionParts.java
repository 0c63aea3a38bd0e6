package io.wishbone.node.session;

import io.wishbone.node.forward.SourcePacket;
import io.wishbone.webrtc.Outbox;
import io.wishbone.webrtc.nack.PacketMemory;
import io.wishbone.webrtc.rtp.RtpHeaderWriter;
import io.wishbone.webrtc.stats.NtpTime;
import java.util.random.RandomGenerator;

/// What all sessions of one worker share.
///
/// @param packet the packet that is being looked at: there is one at a time
/// @param again the packet that is being sent again, maybe while the other one is looked at
/// @param header scratch space for rewritten headers
/// @param memory where packets are kept
/// @param wallClockOffsetNanos added to monotonic time, it is nanoseconds since 1970
public record SessionParts(
    Outbox outbox,
    RandomGenerator random,
    MediaDrops drops,
    SourcePacket packet,
    SourcePacket again,
    RtpHeaderWriter header,
    PacketMemory memory,
    MediaPolicy policy,
    long wallClockOffsetNanos) {

  public SessionParts(
      Outbox outbox, RandomGenerator random, MediaPolicy policy, long wallClockOffsetNanos) {
    this(
        outbox,
        random,
        new MediaDrops(),
        new SourcePacket(),
        new SourcePacket(),
        new RtpHeaderWriter(),
        new PacketMemory(policy.memoryBytes()),
        policy,
        wallClockOffsetNanos);
  }

  /// Our own wall clock.
  NtpTime wallClock(long nowNanos) {
    return NtpTime.ofEpochNanos(nowNanos + wallClockOffsetNanos);
  }

  /// Never zero, which some take for "none".
  long randomSsrc() {
    return random.nextLong(1, 0x1_0000_0000L);
  }
}
