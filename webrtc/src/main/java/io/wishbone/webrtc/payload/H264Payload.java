package io.wishbone.webrtc.payload;

import java.nio.ByteBuffer;

/// H.264 payloads: single NAL units, STAP-A and FU-A (RFC 6184 sections 5.6, 5.7.1, 5.8).
///
/// ```
/// +---------------+     +---------------+-------+-------+         +---------------+---------------+
/// |F|NRI|  Type   |     |F|NRI| 24      | size  |  NAL  |...      |F|NRI| 28      |S|E|R|  Type   |
/// +---------------+     +---------------+-------+-------+         +---------------+---------------+
///  single NAL unit       STAP-A, size 16 bits                      FU-A, S: first fragment
/// ```
///
/// A slice header begins with `first_mb_in_slice` as an Exp-Golomb number: its first bit is set
/// when that is 0, that is in the first slice of a picture.
final class H264Payload {

  static final int SEQUENCE_PARAMETER_SET = 7;

  private static final int SLICE = 1;
  private static final int PARTITION_A = 2;
  private static final int PARTITION_B = 3;
  private static final int PARTITION_C = 4;
  private static final int IDR_SLICE = 5;
  private static final int STAP_A = 24;
  private static final int FU_A = 28;
  private static final int TYPE = 0x1F;

  private H264Payload() {}

  static boolean startsKeyframe(ByteBuffer b, int offset, int length) {
    int end = offset + length;
    int type = b.get(offset) & TYPE;
    if (type == STAP_A) {
      for (int nal = Aggregated.at(b, offset + 1, end);
          nal > 0;
          nal = Aggregated.after(b, nal, end)) {
        if (isKey(b.get(nal) & TYPE, b, nal + 1, Aggregated.endOf(b, nal))) {
          return true;
        }
      }
      return false;
    }
    if (type == FU_A) {
      return isFirstFragment(b, offset, end) && isKey(b.get(offset + 1) & TYPE, b, offset + 2, end);
    }
    return isKey(type, b, offset + 1, end);
  }

  static boolean canStartFrame(ByteBuffer b, int offset, int length) {
    int end = offset + length;
    int type = b.get(offset) & TYPE;
    if (type == STAP_A) {
      int nal = Aggregated.at(b, offset + 1, end);
      return nal > 0 && canStart(b.get(nal) & TYPE, b, nal + 1, Aggregated.endOf(b, nal));
    }
    if (type == FU_A) {
      return isFirstFragment(b, offset, end)
          && canStart(b.get(offset + 1) & TYPE, b, offset + 2, end);
    }
    return canStart(type, b, offset + 1, end);
  }

  /// Where the NAL unit with a sequence parameter set starts, alone or in a STAP-A, or -1.
  static int findSequenceParameterSet(ByteBuffer b, int offset, int length) {
    int end = offset + length;
    int type = b.get(offset) & TYPE;
    if (type == SEQUENCE_PARAMETER_SET) {
      return offset;
    }
    if (type == STAP_A) {
      for (int nal = Aggregated.at(b, offset + 1, end);
          nal > 0;
          nal = Aggregated.after(b, nal, end)) {
        if ((b.get(nal) & TYPE) == SEQUENCE_PARAMETER_SET) {
          return nal;
        }
      }
    }
    return -1;
  }

  private static boolean isKey(int type, ByteBuffer b, int body, int end) {
    return type == SEQUENCE_PARAMETER_SET || (type == IDR_SLICE && isFirstSlice(b, body, end));
  }

  private static boolean canStart(int type, ByteBuffer b, int body, int end) {
    return switch (type) {
      case SLICE, PARTITION_A, IDR_SLICE -> isFirstSlice(b, body, end);
      case PARTITION_B, PARTITION_C -> false;
      default -> true;
    };
  }

  private static boolean isFirstSlice(ByteBuffer b, int body, int end) {
    return body < end && b.get(body) < 0;
  }

  private static boolean isFirstFragment(ByteBuffer b, int offset, int end) {
    return offset + 1 < end && b.get(offset + 1) < 0;
  }
}
