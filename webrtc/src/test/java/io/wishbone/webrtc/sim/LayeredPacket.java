package io.wishbone.webrtc.sim;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// What a packet of a [LayeredCamera] says at its end, for whoever checks what came.
///
/// @param picture counted from 0
/// @param number of the packet in its layer's frame
/// @param count of packets of that frame
/// @param needed the picture that it refers to, [#NOTHING] for none
/// @param sync whether that is of the lowest temporal layer
public record LayeredPacket(
    int picture,
    int spatial,
    int temporal,
    int number,
    int count,
    int needed,
    boolean keyframe,
    boolean sync) {
  /// Refers to no picture.
  public static final int NOTHING = -1;

  static final int LENGTH = 20;
  private static final int MAGIC = 0x4C61_7965;

  void write(byte[] payload) {
    ByteBuffer.wrap(payload, payload.length - LENGTH, LENGTH)
        .putInt(MAGIC)
        .putInt(picture)
        .putInt(needed)
        .put((byte) spatial)
        .put((byte) temporal)
        .putShort((short) number)
        .putShort((short) count)
        .put((byte) (keyframe ? 1 : 0))
        .put((byte) (sync ? 1 : 0));
  }

  /// Null when it says nothing, such as a packet without payload.
  public static @Nullable LayeredPacket of(ReceivedPacket received) {
    byte[] payload = received.payload();
    if (payload.length < LENGTH) {
      return null;
    }
    ByteBuffer at = ByteBuffer.wrap(payload, payload.length - LENGTH, LENGTH);
    if (at.getInt() != MAGIC) {
      return null;
    }
    int picture = at.getInt();
    int needed = at.getInt();
    return new LayeredPacket(
        picture,
        at.get(),
        at.get(),
        at.getShort(),
        at.getShort(),
        needed,
        at.get() == 1,
        at.get() == 1);
  }

  boolean isFirst() {
    return number == 0;
  }

  boolean isLast() {
    return number == count - 1;
  }
}
