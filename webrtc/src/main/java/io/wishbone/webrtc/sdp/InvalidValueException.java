package io.wishbone.webrtc.sdp;

import java.io.Serial;

/// A value that may not stand where it was put. While parsing, the reader adds the line number and
/// throws [SdpParseException] instead.
final class InvalidValueException extends IllegalArgumentException {
  @Serial private static final long serialVersionUID = 1L;

  InvalidValueException(String reason) {
    super(reason);
  }
}
