package io.wishbone.webrtc.sdp;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Whether the side that wrote the description sends or receives an encoding.
public enum RidDirection {
  SEND,
  RECV;

  /// The same encoding as the other side writes it.
  public RidDirection reversed() {
    return switch (this) {
      case SEND -> RECV;
      case RECV -> SEND;
    };
  }

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static @Nullable RidDirection named(String text) {
    return switch (text) {
      case "send" -> SEND;
      case "recv" -> RECV;
      default -> null;
    };
  }
}
