package io.wishbone.client.demo;

import java.util.ArrayList;
import java.util.List;

/// Cuts VP8 frames into RTP payloads (RFC 7741 section 4.2), each behind a descriptor with a 15-bit
/// picture ID:
///
/// ```
///  0 1 2 3 4 5 6 7
/// +-+-+-+-+-+-+-+-+
/// |X|R|N|S|R| PID |  X=1, S=1 in the first packet of a frame
/// |I|L|T|K|  RSV  |  I=1
/// |M| PictureID   |  M=1
/// |   PictureID   |
/// +-+-+-+-+-+-+-+-+
/// ```
final class Vp8Packetizer {
  private static final int MAX_PAYLOAD = 1_100;
  private static final int DESCRIPTOR = 4;

  private int pictureId;

  /// The payloads of one frame, in order.
  List<byte[]> packetize(byte[] frame) {
    List<byte[]> payloads = new ArrayList<>();
    for (int at = 0; at < frame.length; at += MAX_PAYLOAD - DESCRIPTOR) {
      int length = Math.min(frame.length - at, MAX_PAYLOAD - DESCRIPTOR);
      byte[] payload = new byte[DESCRIPTOR + length];
      payload[0] = (byte) (at == 0 ? 0x90 : 0x80);
      payload[1] = (byte) 0x80;
      payload[2] = (byte) (0x80 | pictureId >> 8);
      payload[3] = (byte) pictureId;
      System.arraycopy(frame, at, payload, DESCRIPTOR, length);
      payloads.add(payload);
    }
    pictureId = (pictureId + 1) & 0x7fff;
    return payloads;
  }
}
