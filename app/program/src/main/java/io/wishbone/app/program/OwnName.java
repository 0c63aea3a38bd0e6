package io.wishbone.app.program;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;

/// What a member of a cluster calls itself when nobody gave it a name: nobody else is called so,
/// not even what ran on the same host before.
final class OwnName {

  private static final int LONGEST_HOST = 100;
  private static final int BOUND = 1 << 24;

  private OwnName() {}

  static String drawn() {
    String host = host().replaceAll("[^A-Za-z0-9.-]", "-").replaceFirst("^[.-]+", "");
    String shortened = host.substring(0, Math.min(LONGEST_HOST, host.length()));
    return "%s-%06x"
        .formatted(shortened.isEmpty() ? "host" : shortened, new SecureRandom().nextInt(BOUND));
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException _) {
      return "";
    }
  }
}
