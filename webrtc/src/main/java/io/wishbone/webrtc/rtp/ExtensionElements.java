package io.wishbone.webrtc.rtp;

import java.nio.ByteBuffer;

/// The elements of one header extension (RFC 8285).
///
/// ```
/// one-byte header                    two-byte header
///  0 1 2 3 4 5 6 7                    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5
/// +-+-+-+-+-+-+-+-+-- ... --+        +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-- ... --+
/// |  ID   |len - 1|  data   |        |      ID       |    length     |  data   |
/// +-+-+-+-+-+-+-+-+-- ... --+        +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-- ... --+
/// ```
///
/// In both forms a byte with id 0 is padding. In the one-byte form id 15 ends the list, and so does
/// an id of 0 with a length (section 4.2).
final class ExtensionElements {

  static final int ONE_BYTE_PROFILE = 0xBEDE;
  static final int TWO_BYTE_PROFILE = 0x1000;

  private static final int STOP_ID = 15;

  private boolean twoByte;
  private int start;
  private int end;

  /// Checks that no element reaches beyond `end`. `start == end` stands for no extension.
  boolean wrap(ByteBuffer buffer, int profile, int start, int end) {
    this.start = start;
    this.end = start;
    if (profile == ONE_BYTE_PROFILE) {
      twoByte = false;
      return checkOneByte(buffer, end);
    }
    if ((profile & 0xFFF0) == TWO_BYTE_PROFILE) {
      twoByte = true;
      return checkTwoByte(buffer, end);
    }
    return true;
  }

  private boolean checkOneByte(ByteBuffer buffer, int limit) {
    int at = start;
    while (at < limit) {
      int header = Byte.toUnsignedInt(buffer.get(at));
      if (header == 0) {
        at++;
        continue;
      }
      int id = header >> 4;
      if (id == 0 || id == STOP_ID) {
        break;
      }
      at += 2 + (header & 0x0F);
    }
    end = at;
    return at <= limit;
  }

  private boolean checkTwoByte(ByteBuffer buffer, int limit) {
    int at = start;
    while (at < limit) {
      if (buffer.get(at) == 0) {
        at++;
        continue;
      }
      if (at + 1 >= limit) {
        return false;
      }
      at += 2 + Byte.toUnsignedInt(buffer.get(at + 1));
    }
    end = at;
    return at <= limit;
  }

  /// Where the data of the element starts, or -1.
  int find(ByteBuffer buffer, int wanted) {
    int at = start;
    while (at < end) {
      int header = Byte.toUnsignedInt(buffer.get(at));
      if (header == 0) {
        at++;
        continue;
      }
      int id = twoByte ? header : header >> 4;
      int data = at + (twoByte ? 2 : 1);
      if (id == wanted) {
        return data;
      }
      at = data + lengthOf(buffer, data);
    }
    return -1;
  }

  /// Length of the element whose data starts here, as [#find] returned it.
  int lengthOf(ByteBuffer buffer, int data) {
    int field = Byte.toUnsignedInt(buffer.get(data - 1));
    return twoByte ? field : (field & 0x0F) + 1;
  }
}
