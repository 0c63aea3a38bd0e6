package io.wishbone.webrtc.srtp;

import io.wishbone.webrtc.srtp.backend.SrtpBackends;
import java.util.List;

/// The back ends that this machine has. All of them pass the same tests.
final class Backends {
  private static final SrtpBackends FOUND = SrtpBackends.find();

  private Backends() {}

  static List<String> names() {
    if (!FOUND.reasons().isEmpty()) {
      System.err.println("SRTP back ends that are not tested here: " + FOUND.reasons());
    }
    return FOUND.names();
  }

  static SrtpCipherProvider provider(String name) {
    return FOUND.provider(name);
  }
}
