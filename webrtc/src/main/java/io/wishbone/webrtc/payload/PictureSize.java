package io.wishbone.webrtc.payload;

import java.nio.ByteBuffer;

/// The size of the picture, where the first packet of a keyframe tells it cheaply: VP8 (frame
/// header), VP9 (scalability structure: the highest spatial layer) and H.264 (sequence parameter
/// set). Reused.
///
/// H.265 and AV1 are left out: reading on means parsing most of their sequence headers.
public final class PictureSize {

  private final Vp8Descriptor vp8 = new Vp8Descriptor();
  private final Vp9Descriptor vp9 = new Vp9Descriptor();
  private final H264PictureSize h264 = new H264PictureSize();
  private int width;
  private int height;
  private int layers;

  /// Looks for a size in this payload. False when it tells none; width and height then are 0.
  public boolean read(Codec codec, ByteBuffer buffer, int offset, int length) {
    width = 0;
    height = 0;
    layers = 0;
    if (length > 0) {
      switch (codec) {
        case VP8 -> readVp8(buffer, offset, length);
        case VP9 -> readVp9(buffer, offset, length);
        case H264 -> readH264(buffer, offset, length);
        case OPUS, PCMU, PCMA, G722, H265, AV1 -> {}
      }
    }
    return width > 0 && height > 0;
  }

  private void readVp8(ByteBuffer buffer, int offset, int length) {
    if (vp8.wrap(buffer, offset, length)) {
      width = vp8.width();
      height = vp8.height();
    }
  }

  private void readVp9(ByteBuffer buffer, int offset, int length) {
    if (vp9.wrap(buffer, offset, length)) {
      width = vp9.width();
      height = vp9.height();
      layers = vp9.spatialLayers();
    }
  }

  private void readH264(ByteBuffer buffer, int offset, int length) {
    int nal = H264Payload.findSequenceParameterSet(buffer, offset, length);
    if (nal >= 0 && h264.read(buffer, nal, offset + length)) {
      width = h264.width();
      height = h264.height();
    }
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  /// How many spatial layers have a size each, 0 where only that of the picture is told.
  public int layers() {
    return layers;
  }

  /// Width of one of the [#layers], the lowest being 0.
  public int width(int layer) {
    return vp9.width(layer);
  }

  /// Height of one of the [#layers], the lowest being 0.
  public int height(int layer) {
    return vp9.height(layer);
  }
}
