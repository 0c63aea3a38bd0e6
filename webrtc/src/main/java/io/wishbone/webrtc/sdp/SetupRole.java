package io.wishbone.webrtc.sdp;

import java.util.Locale;

/// `a=setup`: who sends the ClientHello (RFC 4145 section 4, RFC 8842 section 5).
public enum SetupRole implements AttributeValue {
  /// Either side; only in offers.
  ACTPASS,
  /// The side that says so is the DTLS client.
  ACTIVE,
  /// The side that says so is the DTLS server.
  PASSIVE,
  HOLDCONN;

  @Override
  public Attribute attribute() {
    return new Attribute("setup", name().toLowerCase(Locale.ROOT));
  }

  static SetupRole parse(String value) {
    return switch (value.strip().toLowerCase(Locale.ROOT)) {
      case "actpass" -> ACTPASS;
      case "active" -> ACTIVE;
      case "passive" -> PASSIVE;
      case "holdconn" -> HOLDCONN;
      default ->
          throw new InvalidValueException(
              "a=setup is neither actpass, active, passive nor holdconn");
    };
  }
}
