package io.wishbone.webrtc.sdp;

/// What a description may cost. The largest offer seen from a browser has 6.6 KB, 3 sections and 34
/// payload types.
final class Limits {
  static final int TEXT_LENGTH = 64 * 1024;
  static final int LINE_LENGTH = 4 * 1024;
  static final int MEDIA_SECTIONS = 16;
  static final int CANDIDATES = 64;
  static final int ICE_OPTIONS = 16;
  static final int FORMATS = 128;
  static final int MID_LENGTH = 64;

  /// Lines of `a=rtcp-fb` that are heeded for a payload type, and of `a=rid` for a section.
  /// Browsers write five and three; without a bound, reading one per payload type would cost a
  /// square.
  static final int HEEDED = 32;

  private Limits() {}
}
