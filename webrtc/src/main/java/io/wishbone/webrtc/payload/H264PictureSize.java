package io.wishbone.webrtc.payload;

import java.nio.ByteBuffer;

/// Reads the size of the picture from an H.264 sequence parameter set (H.264 section 7.3.2.1.1).
/// What SDP says about it (`profile-level-id`) is not to be trusted. Reused.
final class H264PictureSize {

  private static final int MAX_SIDE = 16_384;
  private static final int MACROBLOCK = 16;
  private static final int MAX_CYCLE = 255;

  private final NalBitReader bits = new NalBitReader();
  private int chromaFormat;
  private int width;
  private int height;

  /// False when the set is cut short or says something impossible.
  boolean read(ByteBuffer buffer, int nal, int end) {
    bits.wrap(buffer, nal + 1, end);
    width = 0;
    height = 0;
    int profile = bits.bits(8);
    bits.bits(16); // constraint flags, level
    bits.unsigned(); // seq_parameter_set_id
    chromaFormat = 1;
    if (hasChromaFormat(profile)) {
      readChromaFormat();
    }
    skipPictureOrder();
    bits.unsigned(); // max_num_ref_frames
    bits.bit(); // gaps_in_frame_num_value_allowed_flag
    readSize();
    return width > 0;
  }

  private static boolean hasChromaFormat(int profile) {
    return switch (profile) {
      case 44, 83, 86, 100, 110, 118, 122, 128, 134, 135, 138, 139, 244 -> true;
      default -> false;
    };
  }

  private void readChromaFormat() {
    chromaFormat = bits.unsigned();
    int lists = chromaFormat == 3 ? 12 : 8;
    if (chromaFormat == 3 && bits.bit() == 1) { // separate_colour_plane_flag
      chromaFormat = 0;
    }
    bits.unsigned(); // bit_depth_luma_minus8
    bits.unsigned(); // bit_depth_chroma_minus8
    bits.bit(); // qpprime_y_zero_transform_bypass_flag
    if (bits.bit() == 1) { // seq_scaling_matrix_present_flag
      for (int i = 0; i < lists; i++) {
        if (bits.bit() == 1) {
          skipScalingList(i < 6 ? 16 : 64);
        }
      }
    }
  }

  private void skipScalingList(int size) {
    int last = 8;
    for (int i = 0; i < size && last != 0; i++) {
      last = (last + bits.signed()) & 0xFF;
    }
  }

  private void skipPictureOrder() {
    bits.unsigned(); // log2_max_frame_num_minus4
    int type = bits.unsigned();
    if (type == 0) {
      bits.unsigned(); // log2_max_pic_order_cnt_lsb_minus4
    } else if (type == 1) {
      bits.bit(); // delta_pic_order_always_zero_flag
      bits.signed(); // offset_for_non_ref_pic
      bits.signed(); // offset_for_top_to_bottom_field
      int cycle = Math.min(MAX_CYCLE, bits.unsigned());
      for (int i = 0; i < cycle; i++) {
        bits.signed(); // offset_for_ref_frame
      }
    }
  }

  private void readSize() {
    long columns = bits.unsigned() + 1L;
    long rows = bits.unsigned() + 1L;
    int fieldsPerFrame = bits.bit() == 1 ? 1 : 2; // frame_mbs_only_flag
    if (fieldsPerFrame == 2) {
      bits.bit(); // mb_adaptive_frame_field_flag
    }
    bits.bit(); // direct_8x8_inference_flag
    long horizontalCrop = 0;
    long verticalCrop = 0;
    if (bits.bit() == 1) { // frame_cropping_flag
      horizontalCrop = (long) bits.unsigned() + bits.unsigned();
      verticalCrop = (long) bits.unsigned() + bits.unsigned();
    }
    long croppedWidth = columns * MACROBLOCK - horizontalCrop * (isHalvedAcross() ? 2 : 1);
    long croppedHeight =
        rows * MACROBLOCK * fieldsPerFrame
            - verticalCrop * (isHalvedDown() ? 2 : 1) * fieldsPerFrame;
    if (!bits.isFailed() && isPossible(croppedWidth) && isPossible(croppedHeight)) {
      width = (int) croppedWidth;
      height = (int) croppedHeight;
    }
  }

  /// Chroma of 4:2:0 and 4:2:2 has half the columns.
  private boolean isHalvedAcross() {
    return chromaFormat == 1 || chromaFormat == 2;
  }

  /// Chroma of 4:2:0 has half the rows.
  private boolean isHalvedDown() {
    return chromaFormat == 1;
  }

  private static boolean isPossible(long side) {
    return side > 0 && side <= MAX_SIDE;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }
}
