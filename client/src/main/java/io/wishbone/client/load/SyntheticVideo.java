package io.wishbone.client.load;

import io.wishbone.client.demo.LoopFrame;
import io.wishbone.client.demo.MediaLoop;
import io.wishbone.webrtc.sdp.MediaKind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The test picture, each frame made as long as the bit rate asks for: decoders read no further
/// than the picture goes. The last bytes of a frame say when it was sent.
final class SyntheticVideo {
  /// So that an RTP packet has about 1,150 bytes.
  static final int PAYLOAD_BYTES = 1_124;

  static final int STAMP_BYTES = 16;
  private static final long STAMP_MARK = 0x5749_5348_424f_4e45L;
  static final int DESCRIPTOR_BYTES = 4;
  private static final int KEYFRAME_FACTOR = 3;

  private final List<LoopFrame> frames;
  private final int frameBytes;
  private int index;
  private int pictureId;

  SyntheticVideo(int frameBytes) {
    this.frames =
        MediaLoop.testPicture().frames().stream()
            .filter(frame -> frame.kind() == MediaKind.VIDEO)
            .toList();
    this.frameBytes = frameBytes;
  }

  /// The RTP payloads of the next frame, RFC 7741 section 4.2.
  ///
  /// @param keyframe whether a decoder is to begin with it
  List<byte[]> next(boolean keyframe, long nowNanos) {
    if (keyframe) {
      while (!frames.get(index).keyframe()) {
        index = (index + 1) % frames.size();
      }
    }
    LoopFrame frame = frames.get(index);
    index = (index + 1) % frames.size();
    int wanted = frame.keyframe() ? KEYFRAME_FACTOR * frameBytes : frameBytes;
    byte[] data = Arrays.copyOf(frame.data(), Math.max(wanted, frame.data().length + STAMP_BYTES));
    putStamp(data, nowNanos);
    return packetize(data);
  }

  private static void putStamp(byte[] data, long nowNanos) {
    var stamp = ByteBuffer.wrap(data, data.length - STAMP_BYTES, STAMP_BYTES);
    stamp.putLong(STAMP_MARK).putLong(nowNanos);
  }

  /// When the frame was sent whose last packet this is; -1 when it does not say.
  static long sentNanos(ByteBuffer buffer, int offset, int length) {
    int at = offset + length - STAMP_BYTES;
    return length > STAMP_BYTES && buffer.getLong(at) == STAMP_MARK
        ? buffer.getLong(at + Long.BYTES)
        : -1;
  }

  private List<byte[]> packetize(byte[] frame) {
    List<byte[]> payloads = new ArrayList<>();
    int room = PAYLOAD_BYTES - DESCRIPTOR_BYTES;
    for (int at = 0; at < frame.length; ) {
      int left = frame.length - at;
      // The stamp is not cut.
      int length =
          left > room && left - room < STAMP_BYTES ? left - STAMP_BYTES : Math.min(left, room);
      byte[] payload = new byte[DESCRIPTOR_BYTES + length];
      payload[0] = (byte) (at == 0 ? 0x90 : 0x80);
      payload[1] = (byte) 0x80;
      payload[2] = (byte) (0x80 | pictureId >> 8);
      payload[3] = (byte) pictureId;
      System.arraycopy(frame, at, payload, DESCRIPTOR_BYTES, length);
      payloads.add(payload);
      at += length;
    }
    pictureId = (pictureId + 1) & 0x7fff;
    return payloads;
  }
}
