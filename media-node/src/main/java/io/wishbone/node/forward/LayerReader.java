package io.wishbone.node.forward;

import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.payload.DependencyDescriptor;
import io.wishbone.webrtc.payload.DependencyStructure;
import io.wishbone.webrtc.payload.Vp8Descriptor;
import io.wishbone.webrtc.payload.Vp9Descriptor;
import io.wishbone.webrtc.rtp.RtpPacket;
import org.jspecify.annotations.Nullable;

/// Finds out to which layers the packets of one encoding belong, and where a viewer can step up.
///
/// | codec | layers | temporal step up | spatial step up |
/// |---|---|---|---|
/// | VP8 (RFC 7741) | TID, or of the dependency descriptor | at a frame with Y, to its layer; as it says | - |
/// | VP9 (RFC 9628) | TID, SID | after a picture with U, to any | at a frame with P = 0 |
/// | AV1, H.264, H.265 | of the dependency descriptor | as it says | as it says |
///
/// At a keyframe everything is possible, with all of them. Encodings that say nothing of layers
/// have one. Chromium leaves TID and PictureID out of VP8 where it sends dependency descriptors.
final class LayerReader {
  private final Codec codec;
  private final int descriptorId;
  private final Vp9Descriptor vp9 = new Vp9Descriptor();
  private final DependencyDescriptor descriptor = new DependencyDescriptor();
  private @Nullable DependencyStructure structure;
  private long pictureTimestamp = -1;
  private int openAfterPicture = PacketLayers.NEVER;
  private int openNow = PacketLayers.NEVER;
  private boolean opens;
  private int topSpatial;
  private int topTemporal;
  private int groupSpatial;
  private int groupTemporal;

  /// @param descriptorId under which id the source sends dependency descriptors, 0 when it does not
  LayerReader(Codec codec, int descriptorId) {
    this.codec = codec;
    this.descriptorId = descriptorId;
  }

  /// Under which id the source sends dependency descriptors, 0 when it does not.
  int descriptorId() {
    return descriptorId;
  }

  /// The highest spatial layer in the present group of pictures and the one before.
  int topSpatial() {
    return topSpatial;
  }

  /// The highest temporal layer in the present group of pictures and the one before.
  int topTemporal() {
    return topTemporal;
  }

  /// Reads a packet that comes in its order.
  ///
  /// @param gap whether packets before it are missing
  void read(SourcePacket packet, boolean gap) {
    PacketLayers layers = packet.layers();
    long timestamp = packet.rtp().timestamp();
    boolean newPicture = timestamp != pictureTimestamp;
    if (newPicture) {
      pictureTimestamp = timestamp;
      openNow = gap ? PacketLayers.NEVER : openAfterPicture;
      openAfterPicture = PacketLayers.NEVER;
    }
    readLayers(packet);
    // What is missing before an upper layer may be the lower one of the same picture.
    layers.startsPicture = layers.startsFrame && newPicture && (layers.spatial == 0 || !gap);
    if (opens) {
      openAfterPicture = Math.min(openAfterPicture, layers.temporal);
    }
    if (packet.keyframe() && layers.startsPicture) {
      topSpatial = groupSpatial;
      topTemporal = groupTemporal;
      groupSpatial = 0;
      groupTemporal = 0;
    }
    groupSpatial = Math.max(groupSpatial, layers.spatial);
    groupTemporal = Math.max(groupTemporal, layers.temporal);
    topSpatial = Math.max(topSpatial, layers.spatial);
    topTemporal = Math.max(topTemporal, layers.temporal);
  }

  /// Reads a packet that comes after later ones: nothing is known but its layers.
  void readLate(SourcePacket packet) {
    readLayers(packet);
    PacketLayers layers = packet.layers();
    layers.startsFrame = false;
    layers.entersSpatial = false;
    layers.needsTemporal = PacketLayers.NEVER;
    layers.switches = 0;
    layers.late = true;
  }

  private void readLayers(SourcePacket packet) {
    PacketLayers layers = packet.layers();
    layers.structure = structure;
    layers.descriptorId = descriptorId;
    opens = false;
    switch (codec) {
      case VP8 -> {
        if (!readDescriptor(packet.rtp(), layers)) {
          readVp8(packet.vp8(), packet.rtp().marker(), layers);
        }
      }
      case VP9 -> readVp9(packet.rtp(), layers);
      case AV1, H264, H265 -> readDescriptor(packet.rtp(), layers);
      case OPUS, PCMU, PCMA, G722 -> {}
    }
  }

  private static void readVp8(@Nullable Vp8Descriptor vp8, boolean marker, PacketLayers layers) {
    if (vp8 == null) {
      return;
    }
    layers.temporal = vp8.temporalId();
    layers.startsFrame = vp8.isStartOfFrame();
    layers.endsFrame = marker;
    if (vp8.isStartOfFrame() && vp8.isLayerSync() && layers.temporal > 0) {
      layers.needsTemporal = layers.temporal - 1;
      layers.opensTemporal = layers.temporal;
    }
  }

  private void readVp9(RtpPacket rtp, PacketLayers layers) {
    if (!vp9.wrap(rtp.buffer(), rtp.payloadOffset(), rtp.payloadLength())) {
      return;
    }
    layers.spatial = LayerTarget.clamp(vp9.spatialId());
    layers.temporal = LayerTarget.clamp(vp9.temporalId());
    layers.startsFrame = vp9.isStartOfFrame();
    layers.endsFrame = vp9.isEndOfFrame();
    layers.entersSpatial = vp9.isStartOfFrame() && !vp9.isPredicted() && vp9.spatialId() > 0;
    layers.needsTemporal = openNow;
    layers.opensTemporal = LayerTarget.LAYERS - 1;
    opens = vp9.isSwitchingUpPoint();
  }

  /// False: the packet has no descriptor that could be read.
  private boolean readDescriptor(RtpPacket rtp, PacketLayers layers) {
    int data = descriptorId == 0 ? -1 : rtp.extensionOffset(descriptorId);
    if (data < 0
        || !descriptor.wrap(
            rtp.buffer(), data, rtp.extensionLength(descriptorId), layers.structure)) {
      return false;
    }
    layers.spatial = LayerTarget.clamp(descriptor.spatialId());
    layers.temporal = LayerTarget.clamp(descriptor.temporalId());
    layers.startsFrame = descriptor.isStartOfFrame();
    layers.endsFrame = descriptor.isEndOfFrame();
    layers.switches = descriptor.isStartOfFrame() ? descriptor.switches() : 0;
    structure = descriptor.structure();
    layers.structure = structure;
    return true;
  }
}
