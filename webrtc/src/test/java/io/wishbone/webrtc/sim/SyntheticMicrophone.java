package io.wishbone.webrtc.sim;

import java.nio.ByteBuffer;

/// A microphone that "encodes" Opus, or something of that shape: a packet of filler every 20 ms.
public final class SyntheticMicrophone {
  private static final long PACKET_NANOS = 20_000_000L;
  private static final int BYTES = 80;

  private final int samples;
  private final long firstTimestamp;
  private long startNanos = Long.MIN_VALUE;
  private long packet;
  private boolean silent;
  private boolean repairing;

  /// @param clockRate of the RTP timestamps, in Hz
  public SyntheticMicrophone(int clockRate, long firstTimestamp) {
    this.samples = clockRate / 50;
    this.firstTimestamp = firstTimestamp;
  }

  public void start(long nowNanos) {
    startNanos = nowNanos;
  }

  public long packets() {
    return packet;
  }

  public long nextPacketNanos() {
    return startNanos == Long.MIN_VALUE ? Long.MAX_VALUE : startNanos + packet * PACKET_NANOS;
  }

  /// Sends nothing, as in DTX while nobody speaks.
  public void silence(boolean now) {
    silent = now;
  }

  /// Makes packets as an encoder does with in-band FEC: SILK, wideband, and the first bits say that
  /// there is speech, and with it what was said 20 ms before (RFC 6716 section 4.2.4).
  public void repair() {
    repairing = true;
  }

  public boolean isSilent() {
    return silent;
  }

  public SyntheticPayload nextPacket() {
    byte[] bytes = new byte[BYTES];
    // TOC: CELT, fullband, 20 ms, mono, one frame (RFC 6716 section 3.1).
    bytes[0] = (byte) (repairing ? 0x48 : 0xf8);
    for (int i = 1; i < BYTES; i++) {
      bytes[i] = (byte) (packet * 17 + i);
    }
    if (repairing) {
      bytes[1] |= (byte) 0xc0;
    }
    // No two payloads are alike.
    ByteBuffer.wrap(bytes).putInt(BYTES - Integer.BYTES, (int) packet);
    long timestamp = (firstTimestamp + packet * samples) & 0xffff_ffffL;
    boolean first = packet == 0;
    packet++;
    return new SyntheticPayload(bytes, timestamp, first, false);
  }
}
