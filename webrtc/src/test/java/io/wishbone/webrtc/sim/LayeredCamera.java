package io.wishbone.webrtc.sim;

import io.wishbone.webrtc.payload.Codec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// A camera that "encodes" in spatial and temporal layers: VP8 (temporal only), VP9, AV1. Each
/// packet says in a [LayeredPacket] which frame it is of, and what that needs.
///
/// ```
///  temporal layer  2      x     x       x     x      needs the one before it of a lower layer
///                  1        x             x
///                  0   K            x            x
/// ```
///
/// In each picture, every spatial layer needs the one below it.
public final class LayeredCamera {
  private static final int MAX_PAYLOAD = 1100;
  private static final int CLOCK_RATE = 90_000;
  private static final long PICTURE_NANOS = 1_000_000_000L / 30;
  private static final int KEYFRAME_FACTOR = 4;
  private static final int[][] PATTERNS = {{0}, {0, 1}, {0, 2, 1, 2}};
  private static final double[][] SHARES = {{1}, {1.2, 0.8}, {1.6, 1.0, 0.7}};

  private final Codec codec;
  private final int spatialLayers;
  private final int temporalLayers;
  private final double pictureBytes;
  private final long firstTimestamp;
  private final SyntheticDependencies dependencies;
  private final int[] latest = new int[3];
  private long startNanos = Long.MIN_VALUE;
  private int picture;
  private int position;
  private int temporalZero;
  private boolean keyframeWanted = true;
  private long keyframes;
  private @Nullable SplittableRandom garbling;
  private boolean describes;

  LayeredCamera(
      Codec codec, int spatialLayers, int temporalLayers, int bitsPerSecond, long firstTimestamp) {
    this.codec = codec;
    this.spatialLayers = spatialLayers;
    this.temporalLayers = temporalLayers;
    this.pictureBytes = bitsPerSecond / 8.0 / 30;
    this.firstTimestamp = firstTimestamp;
    this.dependencies = new SyntheticDependencies(spatialLayers, temporalLayers);
  }

  void start(long nowNanos) {
    startNanos = nowNanos;
  }

  void requestKeyframe() {
    keyframeWanted = true;
  }

  /// Says the layers of VP8 in dependency descriptors alone from now on, as Chromium does.
  public void describe() {
    describes = true;
  }

  /// Changes bytes of what describes packets at random from now on, in every fourth of them.
  public void garble(SplittableRandom random) {
    garbling = random;
  }

  private byte @Nullable [] garbled(byte @Nullable [] bytes, int length) {
    SplittableRandom random = garbling;
    if (random != null && bytes != null && random.nextInt(4) == 0) {
      for (int i = 1 + random.nextInt(3); i > 0; i--) {
        bytes[random.nextInt(Math.min(length, bytes.length))] = (byte) random.nextInt();
      }
    }
    return bytes;
  }

  /// Keyframes made.
  public long keyframes() {
    return keyframes;
  }

  /// Pictures made.
  public int pictures() {
    return picture;
  }

  long nextFrameNanos() {
    return startNanos == Long.MIN_VALUE ? Long.MAX_VALUE : startNanos + picture * PICTURE_NANOS;
  }

  /// The packets of the next picture, the lowest spatial layer first.
  List<SyntheticPayload> nextPicture() {
    int[] pattern = PATTERNS[temporalLayers - 1];
    boolean keyframe = keyframeWanted;
    keyframeWanted = false;
    position = keyframe ? 0 : position;
    keyframes += keyframe ? 1 : 0;
    int temporal = pattern[position];
    int needed = keyframe ? LayeredPacket.NOTHING : needed(temporal);
    temporalZero += temporal == 0 ? 1 : 0;
    boolean sync = temporal > 0 && needed == latest[0];
    long elapsed = picture * PICTURE_NANOS;
    long timestamp = (firstTimestamp + elapsed * CLOCK_RATE / 1_000_000_000L) & 0xffff_ffffL;
    List<SyntheticPayload> packets = new ArrayList<>();
    for (int spatial = 0; spatial < spatialLayers; spatial++) {
      int bytes = bytes(spatial, temporal, keyframe);
      int count = (bytes + MAX_PAYLOAD - 1) / MAX_PAYLOAD;
      for (int number = 0; number < count; number++) {
        var packet =
            new LayeredPacket(picture, spatial, temporal, number, count, needed, keyframe, sync);
        packets.add(payload(packet, Math.min(MAX_PAYLOAD, bytes / count + 1), timestamp));
      }
    }
    latest[temporal] = picture;
    if (keyframe) {
      Arrays.fill(latest, picture);
    }
    picture++;
    position = (position + 1) % pattern.length;
    return packets;
  }

  /// The picture that this one refers to: the latest of a lower layer, or of the lowest.
  private int needed(int temporal) {
    return switch (temporal) {
      case 0, 1 -> latest[0];
      default -> Math.max(latest[0], latest[1]);
    };
  }

  private int bytes(int spatial, int temporal, boolean keyframe) {
    double all = 0;
    for (int i = 0; i < spatialLayers; i++) {
      all += Math.pow(4, i);
    }
    double share = Math.pow(4, spatial) / all;
    double bytes =
        pictureBytes
            * share
            * SHARES[temporalLayers - 1][temporal]
            * (keyframe ? KEYFRAME_FACTOR : 1);
    return (int) Math.max(120, bytes);
  }

  private SyntheticPayload payload(LayeredPacket packet, int length, long timestamp) {
    boolean last = packet.number() == packet.count() - 1 && packet.spatial() == spatialLayers - 1;
    boolean described = describes || codec == Codec.AV1;
    byte[] header =
        describes
            ? LayeredHeader.plainVp8(packet)
            : LayeredHeader.of(codec, packet, spatialLayers, temporalZero & 0xFF);
    byte[] bytes = new byte[Math.max(length, header.length + LayeredPacket.LENGTH)];
    Arrays.fill(bytes, (byte) 0x55);
    System.arraycopy(header, 0, bytes, 0, header.length);
    packet.write(bytes);
    byte[] descriptor = described ? dependencies.of(packet) : null;
    garbled(bytes, header.length);
    garbled(descriptor, 64);
    return new SyntheticPayload(bytes, timestamp, last, packet.keyframe(), descriptor);
  }
}
