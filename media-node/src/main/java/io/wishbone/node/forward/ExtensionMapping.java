package io.wishbone.node.forward;

import io.wishbone.webrtc.rtp.RtpHeaderWriter;
import io.wishbone.webrtc.rtp.RtpPacket;

/// Which header extension elements pass from a source to a viewer, and under which id.
public final class ExtensionMapping {
  /// Nothing passes.
  public static final ExtensionMapping NOTHING = new ExtensionMapping(new int[0], new int[0]);

  private static final int ONE_BYTE_MAX_ID = 14;
  private static final int ONE_BYTE_MAX_LENGTH = 16;

  private final int[] sourceIds;
  private final int[] viewerIds;

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
  /// @param exceptViewerId of an element that is there already, 0 for none
  void copy(RtpPacket source, RtpHeaderWriter header, boolean twoByteAllowed, int exceptViewerId) {
    for (int i = 0; i < sourceIds.length; i++) {
      int data = source.extensionOffset(sourceIds[i]);
      if (data < 0 || viewerIds[i] == exceptViewerId) {
        continue;
      }
      int length = source.extensionLength(sourceIds[i]);
      boolean oneByte =
          viewerIds[i] <= ONE_BYTE_MAX_ID && length >= 1 && length <= ONE_BYTE_MAX_LENGTH;
      if ((oneByte || twoByteAllowed) && header.hasRoom(length)) {
        header.extension(viewerIds[i], source.buffer(), data, length);
      }
    }
  }
}
