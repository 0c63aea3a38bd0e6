package io.wishbone.webrtc.payload;

import java.nio.ByteBuffer;

/// The descriptor in front of each VP9 payload, flexible and non-flexible mode (RFC 9628 section
/// 4.2). Reused: [#wrap] points it at the next payload.
///
/// ```
///       0 1 2 3 4 5 6 7
///      +-+-+-+-+-+-+-+-+  P: predicted from earlier pictures, F: flexible mode
///      |I|P|L|F|B|E|V|Z|  B, E: begin and end of a layer's frame
///      +-+-+-+-+-+-+-+-+  Z: not a reference for higher spatial layers
/// I:   |M| PictureID   |  M: 15 bits rather than 7
///      +-+-+-+-+-+-+-+-+
///      |   PictureID   |
///      +-+-+-+-+-+-+-+-+
/// L:   | TID |U| SID |D|  U: switching up point, D: depends on the next lower spatial layer
///      +-+-+-+-+-+-+-+-+
///      |   TL0PICIDX   |  in non-flexible mode only
///      +-+-+-+-+-+-+-+-+
/// P,F: |   P_DIFF    |N|  up to three, N: another one follows
///      +-+-+-+-+-+-+-+-+
/// V:   | scalability structure
///      +-+-+-+-+-+-+-+-+
/// ```
///
/// ```
///      +-+-+-+-+-+-+-+-+
///      | N_S |Y|G|-|-|-|  N_S + 1 spatial layers
///      +-+-+-+-+-+-+-+-+
/// Y:   | width, height |  16 bits each, one pair a spatial layer
///      +-+-+-+-+-+-+-+-+
/// G:   |      N_G      |  pictures in the group
///      +-+-+-+-+-+-+-+-+
/// N_G: | TID |U| R |-|-|  R: how many P_DIFF bytes follow
///      +-+-+-+-+-+-+-+-+
/// ```
///
/// Positions count from the start of the payload, so that they also hold for a copy of it.
public final class Vp9Descriptor {

  private static final int HAS_PICTURE_ID = 0x80;
  private static final int PREDICTED = 0x40;
  private static final int HAS_LAYERS = 0x20;
  private static final int FLEXIBLE = 0x10;
  private static final int BEGIN = 0x08;
  private static final int END = 0x04;
  private static final int HAS_STRUCTURE = 0x02;
  private static final int NOT_A_SPATIAL_REFERENCE = 0x01;

  private static final int MAX_REFERENCES = 3;
  private static final int MAX_SPATIAL_LAYERS = 8;

  private int first;
  private int length;
  private int pictureIdPosition;
  private int pictureIdBits;
  private int pictureId;
  private int layers;
  private int tl0PicIdxPosition;
  private int tl0PicIdx;
  private int spatialLayers;
  private boolean hasSizes;
  private final int[] widths = new int[MAX_SPATIAL_LAYERS];
  private final int[] heights = new int[MAX_SPATIAL_LAYERS];

  /// Reads the descriptor of the payload at this offset. False means that it is cut short; the
  /// descriptor must not be asked anything then.
  public boolean wrap(ByteBuffer buffer, int offset, int payloadLength) {
    if (payloadLength < 1) {
      return false;
    }
    first = Byte.toUnsignedInt(buffer.get(offset));
    pictureIdPosition = -1;
    pictureIdBits = 0;
    layers = 0;
    tl0PicIdxPosition = -1;
    spatialLayers = 0;
    hasSizes = false;
    int end = offset + payloadLength;
    int at = readPictureId(buffer, offset, offset + 1, end);
    at = at < 0 ? -1 : readLayers(buffer, offset, at, end);
    at = at < 0 ? -1 : skipReferences(buffer, at, end);
    at = at < 0 ? -1 : readStructure(buffer, at, end);
    length = at - offset;
    return at >= 0;
  }

  private int readPictureId(ByteBuffer buffer, int offset, int at, int end) {
    if ((first & HAS_PICTURE_ID) == 0) {
      return at;
    }
    if (at >= end) {
      return -1;
    }
    pictureIdPosition = at - offset;
    pictureIdBits = 7;
    pictureId = Byte.toUnsignedInt(buffer.get(at));
    if ((pictureId & 0x80) == 0) {
      return at + 1;
    }
    if (at + 1 >= end) {
      return -1;
    }
    pictureIdBits = 15;
    pictureId = buffer.getShort(at) & 0x7FFF;
    return at + 2;
  }

  private int readLayers(ByteBuffer buffer, int offset, int at, int end) {
    if ((first & HAS_LAYERS) == 0) {
      return at;
    }
    int needed = isFlexible() ? 1 : 2;
    if (at + needed > end) {
      return -1;
    }
    layers = Byte.toUnsignedInt(buffer.get(at));
    if (!isFlexible()) {
      tl0PicIdxPosition = at + 1 - offset;
      tl0PicIdx = Byte.toUnsignedInt(buffer.get(at + 1));
    }
    return at + needed;
  }

  private int skipReferences(ByteBuffer buffer, int start, int end) {
    int at = start;
    if (!isFlexible() || !isPredicted()) {
      return at;
    }
    for (int i = 0; i < MAX_REFERENCES; i++) {
      if (at >= end) {
        return -1;
      }
      boolean more = (buffer.get(at++) & 1) != 0;
      if (!more) {
        return at;
      }
    }
    return -1; // a fourth reference
  }

  private int readStructure(ByteBuffer buffer, int start, int end) {
    int at = start;
    if ((first & HAS_STRUCTURE) == 0) {
      return at;
    }
    if (at >= end) {
      return -1;
    }
    int structure = Byte.toUnsignedInt(buffer.get(at++));
    spatialLayers = (structure >> 5) + 1;
    if ((structure & 0x10) != 0) {
      if (at + 4 * spatialLayers > end) {
        return -1;
      }
      for (int i = 0; i < spatialLayers; i++) {
        widths[i] = Short.toUnsignedInt(buffer.getShort(at));
        heights[i] = Short.toUnsignedInt(buffer.getShort(at + 2));
        at += 4;
      }
      hasSizes = true;
    }
    return (structure & 0x08) != 0 ? skipPictureGroup(buffer, at, end) : at;
  }

  private static int skipPictureGroup(ByteBuffer buffer, int start, int end) {
    int at = start;
    if (at >= end) {
      return -1;
    }
    int pictures = Byte.toUnsignedInt(buffer.get(at++));
    for (int i = 0; i < pictures; i++) {
      if (at >= end) {
        return -1;
      }
      at += 1 + (buffer.get(at) >> 2 & 3);
    }
    return at <= end ? at : -1;
  }

  static boolean startsFrame(ByteBuffer buffer, int offset, int length) {
    return length > 0 && (buffer.get(offset) & BEGIN) != 0;
  }

  static boolean startsKeyframe(ByteBuffer buffer, int offset, int length) {
    if (!startsFrame(buffer, offset, length) || (buffer.get(offset) & PREDICTED) != 0) {
      return false;
    }
    int flags = buffer.get(offset);
    if ((flags & HAS_LAYERS) == 0) {
      return true;
    }
    int at = 1;
    if ((flags & HAS_PICTURE_ID) != 0) {
      if (length < 2) {
        return false;
      }
      at += buffer.get(offset + 1) < 0 ? 2 : 1;
    }
    return at < length && (buffer.get(offset + at) & 0x0E) == 0;
  }

  /// Length of the descriptor.
  public int length() {
    return length;
  }

  public boolean isFlexible() {
    return (first & FLEXIBLE) != 0;
  }

  /// Whether the frame refers to earlier pictures; one that does not is a keyframe, or a higher
  /// spatial layer of one.
  public boolean isPredicted() {
    return (first & PREDICTED) != 0;
  }

  /// Whether the payload is the first of its layer's frame.
  public boolean isStartOfFrame() {
    return (first & BEGIN) != 0;
  }

  /// Whether the payload is the last of its layer's frame.
  public boolean isEndOfFrame() {
    return (first & END) != 0;
  }

  /// Whether the payload is the first of a keyframe: of its lowest spatial layer.
  public boolean isStartOfKeyframe() {
    return isStartOfFrame() && !isPredicted() && spatialId() == 0;
  }

  /// Whether higher spatial layers of the same picture do without this frame.
  public boolean isNotASpatialReference() {
    return (first & NOT_A_SPATIAL_REFERENCE) != 0;
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

  /// The temporal layer; 0 when the payload does not tell.
  public int temporalId() {
    return layers >> 5;
  }

  /// The spatial layer; 0 when the payload does not tell.
  public int spatialId() {
    return layers >> 1 & 7;
  }

  /// Whether a receiver of lower temporal layers can step up to this one here.
  public boolean isSwitchingUpPoint() {
    return (layers & 0x10) != 0;
  }

  /// Whether the frame refers to the next lower spatial layer of the same picture.
  public boolean isInterLayerPredicted() {
    return (layers & 0x01) != 0;
  }

  /// How many spatial layers there are, when the payload carries a scalability structure, else 0.
  public int spatialLayers() {
    return spatialLayers;
  }

  /// Width of the highest spatial layer, when the payload tells, else 0.
  public int width() {
    return width(spatialLayers - 1);
  }

  /// Height of the highest spatial layer, when the payload tells, else 0.
  public int height() {
    return height(spatialLayers - 1);
  }

  /// Width of a spatial layer, when the payload tells, else 0.
  public int width(int spatialLayer) {
    return hasSizes && spatialLayer < spatialLayers ? widths[spatialLayer] : 0;
  }

  /// Height of a spatial layer, when the payload tells, else 0.
  public int height(int spatialLayer) {
    return hasSizes && spatialLayer < spatialLayers ? heights[spatialLayer] : 0;
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
}
