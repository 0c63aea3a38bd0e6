package io.wishbone.webrtc.sdp;

/// The first word of an `m=` line.
public enum MediaKind {
  AUDIO,
  VIDEO,
  APPLICATION,
  OTHER;

  static MediaKind of(String text) {
    return switch (text) {
      case "audio" -> AUDIO;
      case "video" -> VIDEO;
      case "application" -> APPLICATION;
      default -> OTHER;
    };
  }
}
