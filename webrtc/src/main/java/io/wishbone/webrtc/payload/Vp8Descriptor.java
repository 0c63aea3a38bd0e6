package io.wishbone.webrtc.payload;

import java.nio.ByteBuffer;

/// The descriptor in front of each VP8 payload (RFC 7741 section 4.2). Reused: [#wrap] points it at
/// the next payload.
///
/// ```
///       0 1 2 3 4 5 6 7
///      +-+-+-+-+-+-+-+-+
///      |X|R|N|S|R| PID |  R: reserved, N: non-reference, S: start of partition PID
///      +-+-+-+-+-+-+-+-+
/// X:   |I|L|T|K| RSV   |  which of the following are there
///      +-+-+-+-+-+-+-+-+
/// I:   |M| PictureID   |  M: 15 bits rather than 7
///      +-+-+-+-+-+-+-+-+
///      |   PictureID   |
///      +-+-+-+-+-+-+-+-+
/// L:   |   TL0PICIDX   |
///      +-+-+-+-+-+-+-+-+
/// T/K: |TID|Y| KEYIDX  |
///      +-+-+-+-+-+-+-+-+
/// ```
///
/// Positions count from the start of the payload, so that they also hold for a copy of it: a
/// rewriter copies the payload and patches the copy with [#putPictureId], [#putTl0PicIdx] and
/// [#putKeyIdx].
public final class Vp8Descriptor {

  private static final int EXTENDED = 0x80;
  private static final int NON_REFERENCE = 0x20;
  private static final int START_OF_PARTITION = 0x10;
  private static final int PARTITION = 0x07;
  private static final int HAS_PICTURE_ID = 0x80;
  private static final int HAS_TL0_PIC_IDX = 0x40;
  private static final int HAS_TID = 0x20;
  private static final int HAS_KEY_IDX = 0x10;

  private static final int KEYFRAME_HEADER_LENGTH = 10;

  private int length;
  private int first;
  private int flags;
  private int pictureIdPosition;
  private int pictureIdBits;
  private int pictureId;
  private int tl0PicIdxPosition;
  private int tl0PicIdx;
  private int tidKeyIdxPosition;
  private int tidKeyIdx;
  private boolean keyframe;
  private int width;
  private int height;

  /// Reads the descriptor of the payload at this offset. False means that it is cut short; the
  /// descriptor must not be asked anything then.
  public boolean wrap(ByteBuffer buffer, int offset, int payloadLength) {
    if (payloadLength < 1) {
      return false;
    }
    first = Byte.toUnsignedInt(buffer.get(offset));
    flags = 0;
    pictureIdPosition = -1;
    pictureIdBits = 0;
    tl0PicIdxPosition = -1;
    tidKeyIdxPosition = -1;
    int at = 1;
    if ((first & EXTENDED) != 0) {
      if (at >= payloadLength) {
        return false;
      }
      flags = Byte.toUnsignedInt(buffer.get(offset + at++));
    }
    if ((flags & HAS_PICTURE_ID) != 0) {
      if (at >= payloadLength) {
        return false;
      }
      pictureIdPosition = at;
      pictureIdBits = 7;
      pictureId = Byte.toUnsignedInt(buffer.get(offset + at++));
      if ((pictureId & 0x80) != 0) {
        if (at >= payloadLength) {
          return false;
        }
        pictureIdBits = 15;
        pictureId = (pictureId & 0x7F) << 8 | Byte.toUnsignedInt(buffer.get(offset + at++));
      }
    }
    if ((flags & HAS_TL0_PIC_IDX) != 0) {
      if (at >= payloadLength) {
        return false;
      }
      tl0PicIdxPosition = at;
      tl0PicIdx = Byte.toUnsignedInt(buffer.get(offset + at++));
    }
    if ((flags & (HAS_TID | HAS_KEY_IDX)) != 0) {
      if (at >= payloadLength) {
        return false;
      }
      tidKeyIdxPosition = at;
      tidKeyIdx = Byte.toUnsignedInt(buffer.get(offset + at++));
    }
    length = at;
    readFrameHeader(buffer, offset + at, payloadLength - at);
    return true;
  }

  /// The frame header at the start of the first partition (RFC 6386 section 9.1): inverse keyframe
  /// flag, and in a keyframe start code and size.
  private void readFrameHeader(ByteBuffer buffer, int offset, int available) {
    keyframe = isStartOfFrame() && available > 0 && (buffer.get(offset) & 1) == 0;
    width = 0;
    height = 0;
    if (keyframe
        && available >= KEYFRAME_HEADER_LENGTH
        && (buffer.getInt(offset + 2) & 0xFF_FFFF) == 0x9D012A) {
      width = littleEndian14(buffer, offset + 6);
      height = littleEndian14(buffer, offset + 8);
    }
  }

  private static int littleEndian14(ByteBuffer buffer, int offset) {
    return Byte.toUnsignedInt(buffer.get(offset)) | (buffer.get(offset + 1) & 0x3F) << 8;
  }

  static boolean startsFrame(ByteBuffer buffer, int offset, int length) {
    return length > 0
        && (buffer.get(offset) & (START_OF_PARTITION | PARTITION)) == START_OF_PARTITION;
  }

  static boolean startsKeyframe(ByteBuffer buffer, int offset, int length) {
    if (!startsFrame(buffer, offset, length)) {
      return false;
    }
    int header = lengthAt(buffer, offset, length);
    return header > 0 && header < length && (buffer.get(offset + header) & 1) == 0;
  }

  /// Length of the descriptor, or -1 when it is cut short.
  static int lengthAt(ByteBuffer buffer, int offset, int length) {
    if ((buffer.get(offset) & EXTENDED) == 0) {
      return 1;
    }
    if (length < 2) {
      return -1;
    }
    int flags = buffer.get(offset + 1);
    int header = 2;
    if ((flags & HAS_PICTURE_ID) != 0) {
      if (length < 3) {
        return -1;
      }
      header += buffer.get(offset + 2) < 0 ? 2 : 1;
    }
    header += (flags & HAS_TL0_PIC_IDX) != 0 ? 1 : 0;
    header += (flags & (HAS_TID | HAS_KEY_IDX)) != 0 ? 1 : 0;
    return header <= length ? header : -1;
  }

  /// Length of the descriptor.
  public int length() {
    return length;
  }

  /// Whether the payload is the first of its frame.
  public boolean isStartOfFrame() {
    return (first & (START_OF_PARTITION | PARTITION)) == START_OF_PARTITION;
  }

  /// Whether the payload is the first of a keyframe.
  public boolean isStartOfKeyframe() {
    return keyframe;
  }

  /// Whether no other frame refers to this one: it can be dropped alone.
  public boolean isNonReference() {
    return (first & NON_REFERENCE) != 0;
  }

  public boolean hasPictureId() {
    return pictureIdPosition >= 0;
  }

  /// 7 or 15; 0 when there is no PictureID.
  public int pictureIdBits() {
    return pictureIdBits;
  }

  /// Meaningful when [#hasPictureId].
  public int pictureId() {
    return pictureId;
  }

  /// Where the PictureID starts, counted from the start of the payload, or -1.
  public int pictureIdPosition() {
    return pictureIdPosition;
  }

  public boolean hasTl0PicIdx() {
    return tl0PicIdxPosition >= 0;
  }

  /// Meaningful when [#hasTl0PicIdx].
  public int tl0PicIdx() {
    return tl0PicIdx;
  }

  /// Where TL0PICIDX is, counted from the start of the payload, or -1.
  public int tl0PicIdxPosition() {
    return tl0PicIdxPosition;
  }

  public boolean hasTemporalId() {
    return (flags & HAS_TID) != 0;
  }

  /// The temporal layer; 0 when the payload does not tell.
  public int temporalId() {
    return hasTemporalId() ? tidKeyIdx >> 6 : 0;
  }

  /// Whether the frame refers to the base layer only, so that a receiver can step up to its layer
  /// here.
  public boolean isLayerSync() {
    return hasTemporalId() && (tidKeyIdx & 0x20) != 0;
  }

  public boolean hasKeyIdx() {
    return (flags & HAS_KEY_IDX) != 0;
  }

  /// Meaningful when [#hasKeyIdx]; 5 bits.
  public int keyIdx() {
    return tidKeyIdx & 0x1F;
  }

  /// Where the byte with TID, Y and KEYIDX is, counted from the start of the payload, or -1.
  public int tidKeyIdxPosition() {
    return tidKeyIdxPosition;
  }

  /// Width of the picture when this is the start of a keyframe, else 0.
  public int width() {
    return width;
  }

  /// Height of the picture when this is the start of a keyframe, else 0.
  public int height() {
    return height;
  }

  /// Replaces the PictureID in a payload of this form, in as many bits as it has there. Does
  /// nothing when it has none.
  public void putPictureId(ByteBuffer buffer, int payloadOffset, int value) {
    if (pictureIdBits == 15) {
      buffer.putShort(payloadOffset + pictureIdPosition, (short) (0x8000 | value));
    } else if (pictureIdBits == 7) {
      buffer.put(payloadOffset + pictureIdPosition, (byte) (value & 0x7F));
    }
  }

  /// Replaces TL0PICIDX in a payload of this form. Does nothing when it has none.
  public void putTl0PicIdx(ByteBuffer buffer, int payloadOffset, int value) {
    if (hasTl0PicIdx()) {
      buffer.put(payloadOffset + tl0PicIdxPosition, (byte) value);
    }
  }

  /// Replaces KEYIDX in a payload of this form and leaves TID and Y. Does nothing when it has none.
  public void putKeyIdx(ByteBuffer buffer, int payloadOffset, int value) {
    if (hasKeyIdx()) {
      buffer.put(payloadOffset + tidKeyIdxPosition, (byte) ((tidKeyIdx & 0xE0) | (value & 0x1F)));
    }
  }
}
