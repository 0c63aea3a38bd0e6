package io.wishbone.webrtc.payload;

import java.nio.ByteBuffer;

/// H.265 payloads: single NAL units, aggregation packets and fragmentation units (RFC 7798 section
/// 4.4).
///
/// ```
/// +---------------+---------------+                          +---------------+
/// |F|   Type    |  LayerId  | TID |  AP: size, NAL, ...      |S|E|  FuType   |  behind the header of an FU
/// +---------------+---------------+                          +---------------+
/// ```
///
/// The first bit of a slice segment header, `first_slice_segment_in_pic_flag`, is set in the first
/// slice of a picture.
final class H265Payload {

  private static final int HEADER_LENGTH = 2;
  private static final int FIRST_IRAP = 16;
  private static final int LAST_IRAP = 21;
  private static final int LAST_SLICE = 31;
  private static final int VIDEO_PARAMETER_SET = 32;
  private static final int SEQUENCE_PARAMETER_SET = 33;
  private static final int SUFFIX_SEI = 40;
  private static final int AGGREGATION = 48;
  private static final int FRAGMENTATION = 49;

  private H265Payload() {}

  static boolean startsKeyframe(ByteBuffer b, int offset, int length) {
    int end = offset + length;
    if (length <= HEADER_LENGTH) {
      return false;
    }
    int type = type(b, offset);
    if (type == AGGREGATION) {
      int nal = Aggregated.at(b, offset + HEADER_LENGTH, end);
      for (; nal > 0; nal = Aggregated.after(b, nal, end)) {
        if (isKey(type(b, nal), b, nal + HEADER_LENGTH, Aggregated.endOf(b, nal))) {
          return true;
        }
      }
      return false;
    }
    if (type == FRAGMENTATION) {
      int header = b.get(offset + HEADER_LENGTH);
      return header < 0 && isKey(header & 0x3F, b, offset + HEADER_LENGTH + 1, end);
    }
    return isKey(type, b, offset + HEADER_LENGTH, end);
  }

  static boolean canStartFrame(ByteBuffer b, int offset, int length) {
    int end = offset + length;
    if (length <= HEADER_LENGTH) {
      return false;
    }
    int type = type(b, offset);
    if (type == AGGREGATION) {
      int nal = Aggregated.at(b, offset + HEADER_LENGTH, end);
      return nal > 0 && canStart(type(b, nal), b, nal + HEADER_LENGTH, Aggregated.endOf(b, nal));
    }
    if (type == FRAGMENTATION) {
      int header = b.get(offset + HEADER_LENGTH);
      return header < 0 && canStart(header & 0x3F, b, offset + HEADER_LENGTH + 1, end);
    }
    return canStart(type, b, offset + HEADER_LENGTH, end);
  }

  private static int type(ByteBuffer b, int nal) {
    return b.get(nal) >> 1 & 0x3F;
  }

  private static boolean isKey(int type, ByteBuffer b, int body, int end) {
    return type == VIDEO_PARAMETER_SET
        || type == SEQUENCE_PARAMETER_SET
        || (type >= FIRST_IRAP && type <= LAST_IRAP && isFirstSlice(b, body, end));
  }

  private static boolean canStart(int type, ByteBuffer b, int body, int end) {
    return type <= LAST_SLICE ? isFirstSlice(b, body, end) : type != SUFFIX_SEI;
  }

  private static boolean isFirstSlice(ByteBuffer b, int body, int end) {
    return body < end && b.get(body) < 0;
  }
}
