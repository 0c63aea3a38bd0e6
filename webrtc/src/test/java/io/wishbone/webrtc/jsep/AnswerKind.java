package io.wishbone.webrtc.jsep;

/// Which way the media of an answer flow.
public enum AnswerKind {
  /// To a publisher: it is received from, whole or not at all (RFC 9725 section 4.4.3).
  TO_PUBLISHER("recvonly"),
  /// To a viewer: it is sent to, and sections may be rejected.
  TO_VIEWER("sendonly");

  private final String direction;

  AnswerKind(String direction) {
    this.direction = direction;
  }

  String direction() {
    return direction;
  }
}
