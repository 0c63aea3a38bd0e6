package io.wishbone.node.stream;

import io.wishbone.node.forward.LayerLedger;
import io.wishbone.node.forward.LayerTarget;
import io.wishbone.node.forward.SourcePacket;
import io.wishbone.webrtc.nack.PacketHistory;
import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.stats.SenderClock;
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

  public void pictureSize(int newWidth, int newHeight) {
    width = newWidth;
    height = newHeight;
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
    bitrate = bitrate == 0 ? measured : (bitrate + measured) / 2;
    rates.endWindow(elapsed);
    windowBytes = 0;
    windowStartNanos = nowNanos;
  }
}
