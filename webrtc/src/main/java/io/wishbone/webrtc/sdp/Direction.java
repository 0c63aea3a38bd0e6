package io.wishbone.webrtc.sdp;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Which way media flows, seen from the side that wrote the description (RFC 8866 section 6.7).
public enum Direction implements AttributeValue {
  SENDRECV,
  SENDONLY,
  RECVONLY,
  INACTIVE;

  private final Attribute attribute = Attribute.flag(name().toLowerCase(Locale.ROOT));

  /// The same flow as the other side writes it.
  public Direction reversed() {
    return switch (this) {
      case SENDRECV -> SENDRECV;
      case SENDONLY -> RECVONLY;
      case RECVONLY -> SENDONLY;
      case INACTIVE -> INACTIVE;
    };
  }

  public boolean sends() {
    return this == SENDRECV || this == SENDONLY;
  }

  public boolean receives() {
    return this == SENDRECV || this == RECVONLY;
  }

  @Override
  public Attribute attribute() {
    return attribute;
  }

  /// The direction of that name, `null` when the name means something else.
  static @Nullable Direction named(String name) {
    return switch (name) {
      case "sendrecv" -> SENDRECV;
      case "sendonly" -> SENDONLY;
      case "recvonly" -> RECVONLY;
      case "inactive" -> INACTIVE;
      default -> null;
    };
  }
}
