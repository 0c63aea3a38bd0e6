package io.wishbone.app.program.kind;

import java.net.InetAddress;

/// IP addresses as text.
final class IpLiteral {

  private IpLiteral() {}

  static boolean isValid(String address) {
    // The old short forms, such as 127.1, are mistakes more often than not.
    if (address.indexOf(':') < 0 && address.chars().filter(c -> c == '.').count() != 3) {
      return false;
    }
    try {
      InetAddress parsed = InetAddress.ofLiteral(address);
      return !parsed.isMulticastAddress();
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
