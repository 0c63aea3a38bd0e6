package io.wishbone.webrtc.stun;

/// Class and method of a message, which STUN interleaves in 14 bits (RFC 8489 section 5). Binding
/// is the one method of ICE.
public enum StunMessageType {
  BINDING_REQUEST(0x0001),
  BINDING_INDICATION(0x0011),
  BINDING_SUCCESS(0x0101),
  BINDING_ERROR(0x0111),
  /// Any other method; never written.
  OTHER(0x3FFF);

  private final int code;

  StunMessageType(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static StunMessageType of(int code) {
    return switch (code) {
      case 0x0001 -> BINDING_REQUEST;
      case 0x0011 -> BINDING_INDICATION;
      case 0x0101 -> BINDING_SUCCESS;
      case 0x0111 -> BINDING_ERROR;
      default -> OTHER;
    };
  }
}
