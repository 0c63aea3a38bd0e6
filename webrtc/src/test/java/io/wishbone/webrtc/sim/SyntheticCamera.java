package io.wishbone.webrtc.sim;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// A camera that "encodes" VP8: real payload descriptors and keyframe headers around filler bytes.
///
/// The descriptor is the long form of RFC 7741 section 4.2 with a 15-bit picture ID, so that
/// rewriting has something to rewrite:
///
/// ```
///  |X|R|N|S|R| PID | |I|L|T|K| RSV   | |M| PictureID (15 bits) |
/// ```
public final class SyntheticCamera {
  private static final int MAX_PAYLOAD = 1100;
  private static final int CLOCK_RATE = 90_000;
  private static final int DESCRIPTOR = 4;
  private static final int KEYFRAME_HEADER = 10;

  private final long frameNanos;
  private final int frameBytes;
  private final int keyframeBytes;
  private final int width;
  private final int height;
  private final long firstTimestamp;

  private long startNanos = Long.MIN_VALUE;
  private long frame;
  private int pictureId;
  private int payloads;
  private boolean keyframeWanted = true;

  public SyntheticCamera(
      int framesPerSecond, int bitsPerSecond, int width, int height, long firstTimestamp) {
    this.frameNanos = 1_000_000_000L / framesPerSecond;
    this.frameBytes = Math.max(64, bitsPerSecond / 8 / framesPerSecond);
    this.keyframeBytes = frameBytes * 5;
    this.width = width;
    this.height = height;
    this.firstTimestamp = firstTimestamp;
    this.pictureId = (int) (firstTimestamp & 0x7fff);
  }

  public void start(long nowNanos) {
    startNanos = nowNanos;
  }

  public void requestKeyframe() {
    keyframeWanted = true;
  }

  public long frames() {
    return frame;
  }

  public long nextFrameNanos() {
    return startNanos == Long.MIN_VALUE ? Long.MAX_VALUE : startNanos + frame * frameNanos;
  }

  /// The packets of the next frame.
  public List<SyntheticPayload> nextFrame() {
    boolean keyframe = keyframeWanted;
    keyframeWanted = false;
    long elapsed = frame * frameNanos;
    long timestamp = (firstTimestamp + elapsed * CLOCK_RATE / 1_000_000_000L) & 0xffff_ffffL;
    int left = keyframe ? keyframeBytes : frameBytes;
    List<SyntheticPayload> packets = new ArrayList<>();
    boolean first = true;
    while (left > 0) {
      int body = Math.min(left, MAX_PAYLOAD - DESCRIPTOR);
      left -= body;
      byte[] bytes = new byte[DESCRIPTOR + Math.max(body, KEYFRAME_HEADER)];
      bytes[0] = (byte) (0x80 | (first ? 0x10 : 0));
      bytes[1] = (byte) 0x80;
      bytes[2] = (byte) (0x80 | pictureId >> 8);
      bytes[3] = (byte) pictureId;
      fill(bytes);
      if (first) {
        writeFrameHeader(bytes, keyframe);
      }
      packets.add(new SyntheticPayload(bytes, timestamp, left <= 0, keyframe));
      first = false;
    }
    frame++;
    pictureId = (pictureId + 1) & 0x7fff;
    return packets;
  }

  private void fill(byte[] bytes) {
    for (int i = DESCRIPTOR; i < bytes.length; i++) {
      bytes[i] = (byte) (frame * 31 + i);
    }
    // No two payloads are alike.
    ByteBuffer.wrap(bytes).putInt(bytes.length - Integer.BYTES, payloads++);
  }

  /// RFC 6386 section 9.1: bit 0 of the frame tag is 0 for keyframes; then start code and size.
  private void writeFrameHeader(byte[] bytes, boolean keyframe) {
    bytes[DESCRIPTOR] = (byte) (keyframe ? 0x10 : 0x11);
    if (keyframe) {
      bytes[DESCRIPTOR + 3] = (byte) 0x9d;
      bytes[DESCRIPTOR + 4] = 0x01;
      bytes[DESCRIPTOR + 5] = 0x2a;
      bytes[DESCRIPTOR + 6] = (byte) width;
      bytes[DESCRIPTOR + 7] = (byte) (width >> 8);
      bytes[DESCRIPTOR + 8] = (byte) height;
      bytes[DESCRIPTOR + 9] = (byte) (height >> 8);
    }
  }
}
