package io.wishbone.webrtc.sdp;

import java.io.Serial;

/// The text is no session description, or no fragment of one. The message is one printable sentence
/// that may be shown to whoever sent the text.
public final class SdpParseException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final int line;

  /// @param line where the fault is, counted from 1
  /// @param reason what is wrong there, without control characters
  public SdpParseException(int line, String reason) {
    super("line " + line + ": " + reason);
    this.line = line;
  }

  /// The number of the faulty line, counted from 1.
  public int line() {
    return line;
  }
}
