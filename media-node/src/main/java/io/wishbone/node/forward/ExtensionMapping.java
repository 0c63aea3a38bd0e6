package io.wishbone.node.forward;

import io.wishbone.webrtc.payload.DependencyDescriptor;
import io.wishbone.webrtc.payload.DependencyStructure;
import io.wishbone.webrtc.rtp.RtpHeaderWriter;
import io.wishbone.webrtc.rtp.RtpPacket;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Which header extension elements pass from a source to a viewer, and under which id.
public final class ExtensionMapping {
  /// Nothing passes.
  public static final ExtensionMapping NOTHING = new ExtensionMapping(new int[0], new int[0]);

  private static final int ONE_BYTE_MAX_ID = 14;
  private static final int ONE_BYTE_MAX_LENGTH = 16;

  /// So that a masked copy still fits an extension element.
  private static final int MAX_DESCRIPTOR = 255 - DependencyDescriptor.MAX_GROWTH;

  private final int[] sourceIds;
  private final int[] viewerIds;
  private @Nullable ByteBuffer masked;

  /// The element with id `sourceIds[i]` passes as `viewerIds[i]`.
  public ExtensionMapping(int[] sourceIds, int[] viewerIds) {
    if (sourceIds.length != viewerIds.length) {
      throw new IllegalArgumentException("ids come in pairs");
    }
    this.sourceIds = sourceIds.clone();
    this.viewerIds = viewerIds.clone();
  }

  /// Adds what passes to a header.
  ///
  /// @param twoByteAllowed whether the viewer takes elements with a two-byte header; what does not
  ///   fit the one-byte form is left out otherwise, and so is what a header has no room for
  /// @param target the layers that the viewer gets
  /// @param exceptViewerId of an element that is there already, 0 for none
  void copy(
      SourcePacket packet,
      RtpHeaderWriter header,
      boolean twoByteAllowed,
      int target,
      int exceptViewerId) {
    RtpPacket source = packet.rtp();
    PacketLayers layers = packet.layers();
    DependencyStructure structure = target == LayerTarget.WHOLE ? null : layers.structure;
    for (int i = 0; i < sourceIds.length; i++) {
      int data = source.extensionOffset(sourceIds[i]);
      if (data < 0 || viewerIds[i] == exceptViewerId) {
        continue;
      }
      int length = source.extensionLength(sourceIds[i]);
      if (structure != null && sourceIds[i] == layers.descriptorId && length <= MAX_DESCRIPTOR) {
        ByteBuffer copy = masked();
        int masked = mask(source, data, length, structure, target, copy);
        add(header, viewerIds[i], copy, 0, masked, twoByteAllowed);
      } else {
        add(header, viewerIds[i], source.buffer(), data, length, twoByteAllowed);
      }
    }
  }

  /// Says in a copy of the dependency descriptor which decode targets are left of all.
  private static int mask(
      RtpPacket source,
      int data,
      int length,
      DependencyStructure structure,
      int target,
      ByteBuffer copy) {
    long left =
        structure.decodeTargetsUpTo(LayerTarget.spatial(target), LayerTarget.temporal(target));
    return DependencyDescriptor.copyMasked(source.buffer(), data, length, structure, left, copy, 0);
  }

  private ByteBuffer masked() {
    ByteBuffer room = masked;
    if (room == null) {
      room = ByteBuffer.allocate(MAX_DESCRIPTOR + DependencyDescriptor.MAX_GROWTH);
      masked = room;
    }
    return room;
  }

  private static void add(
      RtpHeaderWriter header, int id, ByteBuffer from, int at, int length, boolean twoByteAllowed) {
    boolean oneByte = id <= ONE_BYTE_MAX_ID && length >= 1 && length <= ONE_BYTE_MAX_LENGTH;
    if ((oneByte || twoByteAllowed) && header.hasRoom(length)) {
      header.extension(id, from, at, length);
    }
  }
}
