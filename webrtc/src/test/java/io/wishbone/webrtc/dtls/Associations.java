package io.wishbone.webrtc.dtls;

import io.wishbone.webrtc.srtp.SrtpProfile;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;

/// Associations of the two simulated peers, and what becomes of their threads.
final class Associations {
  private static final DtlsIdentity CLIENT = SimulatedHandshake.CLIENT;
  private static final DtlsIdentity SERVER = SimulatedHandshake.SERVER;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Associations() {}

  static DtlsAssociation client(List<SrtpProfile> profiles) {
    return DtlsAssociation.client(CLIENT, Set.of(SERVER.fingerprint()), profiles, RANDOM);
  }

  static DtlsAssociation server(List<SrtpProfile> profiles) {
    return DtlsAssociation.server(SERVER, Set.of(CLIENT.fingerprint()), profiles, RANDOM);
  }

  static boolean ends(SteppedHandshake thread) {
    long deadline = System.nanoTime() + 5_000_000_000L;
    while (thread.isThreadAlive()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.yield();
    }
    return true;
  }
}
