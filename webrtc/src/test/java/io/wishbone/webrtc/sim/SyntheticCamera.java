package io.wishbone.webrtc.sim;

import io.wishbone.webrtc.payload.Codec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// A camera that "encodes": real payload descriptors and keyframe headers around filler bytes.
public final class SyntheticCamera {
  private static final int USUAL_PAYLOAD = 1100;
  private static final int CLOCK_RATE = 90_000;

  private final Codec codec;
  private final long frameNanos;
  private final int frameBytes;
  private final int keyframeBytes;
  private int width;
  private int height;
  private boolean muted;
  private final long firstTimestamp;

  private long startNanos = Long.MIN_VALUE;
  private long frame;
  private int pictureId;
  private int payloads;
  private boolean keyframeWanted = true;
  private int framesPerGroup = Integer.MAX_VALUE;
  private boolean stubborn;
  private boolean reorders;
  private int maxPayload = USUAL_PAYLOAD;

  public SyntheticCamera(
      Codec codec,
      int framesPerSecond,
      int bitsPerSecond,
      int width,
      int height,
      long firstTimestamp) {
    this.codec = codec;
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
    keyframeWanted = !stubborn;
  }

  /// Makes a keyframe every so many frames, and none when asked, as OBS does.
  public void keyframesEvery(int frames) {
    framesPerGroup = frames;
    stubborn = true;
  }

  /// Makes payloads of at most so many bytes.
  public void payloadsUpTo(int bytes) {
    maxPayload = bytes;
  }

  /// Sends every second picture after the one that is shown later, as an encoder with B-frames
  /// does.
  public void reorder() {
    reorders = true;
  }

  /// Which of the pictures is the next one in the order in which they are shown.
  private long shown() {
    if (!reorders || frame == 0) {
      return frame;
    }
    return frame % 2 == 1 ? frame + 1 : frame - 1;
  }

  /// Makes no frames for a while, as a screen that stands still.
  public void mute(boolean now) {
    muted = now;
  }

  /// Makes pictures of another size, from a keyframe on.
  public void resize(int newWidth, int newHeight) {
    width = newWidth;
    height = newHeight;
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
    if (muted) {
      frame++;
      return List.of();
    }
    boolean keyframe = keyframeWanted || frame % framesPerGroup == 0;
    keyframeWanted = false;
    long elapsed = shown() * frameNanos;
    long timestamp = (firstTimestamp + elapsed * CLOCK_RATE / 1_000_000_000L) & 0xffff_ffffL;
    int left = keyframe ? keyframeBytes : frameBytes;
    List<SyntheticPayload> packets = new ArrayList<>();
    boolean first = true;
    while (left > 0) {
      boolean last = left <= maxPayload;
      byte[] header =
          SyntheticVideoHeader.of(codec, first, last, keyframe, pictureId, width, height);
      byte[] bytes = new byte[Math.max(Math.min(left, maxPayload), header.length + Integer.BYTES)];
      left -= bytes.length;
      fill(bytes);
      System.arraycopy(header, 0, bytes, 0, header.length);
      packets.add(new SyntheticPayload(bytes, timestamp, last, keyframe));
      first = false;
    }
    frame++;
    pictureId = (pictureId + 1) & 0x7fff;
    return packets;
  }

  private void fill(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (frame * 31 + i);
    }
    // No two payloads are alike.
    ByteBuffer.wrap(bytes).putInt(bytes.length - Integer.BYTES, payloads++);
  }
}
