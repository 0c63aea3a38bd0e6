package io.wishbone.node.stream;

import io.wishbone.node.forward.LayerLedger;
import io.wishbone.node.forward.LayerTarget;
import io.wishbone.node.forward.SourcePacket;
import io.wishbone.webrtc.nack.PacketHistory;
import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.payload.PictureSize;
import io.wishbone.webrtc.payload.RedFormat;
import io.wishbone.webrtc.stats.SenderClock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One RTP stream of a track: the only one, or one of the qualities of a simulcast. A source that
/// changes its SSRC has a new encoding.
public final class Encoding {
  private final Track track;
  private final int id;
  private final long ssrc;
  private final @Nullable String rid;
  private final PacketHistory history;
  private final LayerLedger layers;
  private final LayerRates rates = new LayerRates();
  private final SenderClock senderClock;
  private final KeyframeRequests keyframeRequests = new KeyframeRequests();
  private final long firstPacketNanos;
  private long lastPacketNanos;
  private long lastIndex;
  private long windowStartNanos;
  private long windowBytes;
  private long bitrate;
  private long pausedBitrate;
  private int width;
  private int height;
  private final int[] layerWidths = new int[LayerTarget.LAYERS];
  private final int[] layerHeights = new int[LayerTarget.LAYERS];

  /// @param descriptorId under which id dependency descriptors come, 0 for none
  Encoding(
      Track track,
      int id,
      long ssrc,
      @Nullable String rid,
      PacketHistory history,
      int descriptorId,
      long nowNanos) {
    this.track = track;
    this.id = id;
    this.ssrc = ssrc;
    this.rid = rid;
    this.history = history;
    this.layers = new LayerLedger(history, track.codec(), descriptorId);
    this.senderClock = new SenderClock(track.codec().clockRate());
    this.firstPacketNanos = nowNanos;
    this.lastPacketNanos = nowNanos;
    this.windowStartNanos = nowNanos;
  }

  /// Unique within the track; what [io.wishbone.node.forward.LayerSelector] knows it by.
  public int id() {
    return id;
  }

  public long ssrc() {
    return ssrc;
  }

  /// The simulcast encoding's name, null without simulcast.
  public @Nullable String rid() {
    return rid;
  }

  /// Whether both are encodings of one track, whose timestamps the source takes from one clock.
  public boolean isOfSameTrack(Encoding other) {
    return track == other.track;
  }

  /// Its codec.
  public Codec codec() {
    return track.codec();
  }

  /// See [Track#redundancy].
  public @Nullable RedFormat redundancy() {
    return track.redundancy();
  }

  /// Its latest packets, for all who miss one, and for who comes now.
  public PacketHistory history() {
    return history;
  }

  /// Its layers, and where its latest packets lie among them.
  public LayerLedger layers() {
    return layers;
  }

  /// Takes note of a packet that has come, and tells it where it lies among the layers.
  public void enter(SourcePacket packet) {
    layers.enter(packet);
    if (layers.isLayered()) {
      rates.count(packet.layers(), packet.rtp().length());
    }
  }

  /// What the source's sender reports say about its clock.
  public SenderClock senderClock() {
    return senderClock;
  }

  public KeyframeRequests keyframeRequests() {
    return keyframeRequests;
  }

  public long firstPacketNanos() {
    return firstPacketNanos;
  }

  public long lastPacketNanos() {
    return lastPacketNanos;
  }

  /// The highest packet index so far (RFC 3711 section 3.3.1), 0 while there is none.
  public long lastIndex() {
    return lastIndex;
  }

  /// A packet of this index was received.
  public void advance(long index) {
    lastIndex = Math.max(lastIndex, index);
  }

  /// Bits per second, smoothed; zero until the first window has passed.
  public long bitrate() {
    return bitrate;
  }

  /// What it takes while it is sent: the source was told that nobody has use for it.
  ///
  /// @param bitsPerSecond 0 when somebody has
  public void pausedAt(long bitsPerSecond) {
    pausedBitrate = bitsPerSecond;
  }

  boolean isPaused() {
    return pausedBitrate > 0;
  }

  /// [#bitrate], or what it was before nobody had use for it.
  public long potentialBitrate() {
    return Math.max(bitrate, pausedBitrate);
  }

  /// What it takes up to these layers, bits a second.
  public long bitrate(int target) {
    return LayerTarget.isAll(target) ? bitrate : rates.upTo(target);
  }

  /// The highest spatial layer that is sent now.
  public int topSpatial() {
    return rates.topSpatial();
  }

  /// The highest temporal layer that is sent now.
  public int topTemporal() {
    return rates.topTemporal();
  }

  /// What the last keyframe said of the picture's width in pixels, 0 while none did.
  public int width() {
    return width;
  }

  /// What the last keyframe said of the picture's height in pixels, 0 while none did.
  public int height() {
    return height;
  }

  /// The width of the picture up to these layers, as far as is known.
  int width(int target) {
    int layer = layerWidths[LayerTarget.spatial(target)];
    return layer == 0 ? width : layer;
  }

  /// The height of the picture up to these layers, as far as is known.
  int height(int target) {
    int layer = layerHeights[LayerTarget.spatial(target)];
    return layer == 0 ? height : layer;
  }

  /// The layers whose picture is no larger than this; the lowest when none is, and all where the
  /// picture is, or nothing is known of its layers.
  int within(int maxWidth, int maxHeight) {
    if (layerWidths[0] == 0 || width <= maxWidth && height <= maxHeight) {
      return LayerTarget.ALL;
    }
    int spatial = 0;
    for (int i = 1; i < LayerTarget.LAYERS; i++) {
      if (layerWidths[i] > 0 && layerWidths[i] <= maxWidth && layerHeights[i] <= maxHeight) {
        spatial = i;
      }
    }
    return LayerTarget.of(spatial, LayerTarget.LAYERS);
  }

  /// A keyframe has said how large the picture is.
  public void pictureSize(PictureSize size) {
    width = size.width();
    height = size.height();
    Arrays.fill(layerWidths, 0);
    Arrays.fill(layerHeights, 0);
    for (int i = 0; i < size.layers(); i++) {
      int layer = Math.min(i, LayerTarget.LAYERS - 1);
      layerWidths[layer] = size.width(i);
      layerHeights[layer] = size.height(i);
    }
  }

  /// Its spatial layers from the lowest on, with their temporal layers; nothing where there are no
  /// layers.
  List<SpatialLayer> spatialLayers(boolean sends) {
    if (!layers.isLayered()) {
      return List.of();
    }
    List<SpatialLayer> spatialLayers = new ArrayList<>();
    int top = layers.topSpatial();
    for (int spatial = 0; spatial <= top; spatial++) {
      List<Long> bitrates = new ArrayList<>();
      for (int temporal = 0; temporal <= layers.topTemporal(); temporal++) {
        boolean active = sends && rates.isSent(spatial, temporal);
        bitrates.add(active ? rates.upTo(LayerTarget.of(spatial, temporal)) : 0);
      }
      boolean only = top == 0 && layerWidths[0] == 0;
      spatialLayers.add(
          new SpatialLayer(
              only ? width : layerWidths[spatial],
              only ? height : layerHeights[spatial],
              bitrates));
    }
    return spatialLayers;
  }

  void count(int bytes, long nowNanos) {
    lastPacketNanos = nowNanos;
    windowBytes += bytes;
  }

  void endWindow(long nowNanos) {
    long elapsed = nowNanos - windowStartNanos;
    if (elapsed <= 0) {
      return;
    }
    long measured = windowBytes * 8 * 1_000_000_000L / elapsed;
    bitrate = LayerRates.smooth(bitrate, measured);
    rates.endWindow(elapsed);
    windowBytes = 0;
    windowStartNanos = nowNanos;
  }
}
