package io.wishbone.node;

import io.wishbone.webrtc.dtls.DtlsAssociation;
import io.wishbone.webrtc.dtls.DtlsIdentity;
import io.wishbone.webrtc.dtls.DtlsState;
import io.wishbone.webrtc.dtls.DtlsStep;
import io.wishbone.webrtc.sdp.Fingerprint;
import io.wishbone.webrtc.srtp.SrtpProfile;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The first DTLS handshake of a process takes several times as long as the next ones, until
/// everything is loaded that it goes through. So the node makes it with itself, in memory, while
/// the rest of the program starts. Nobody waits for it, and nothing depends on it.
final class FirstHandshake {

  /// Of either side; three are enough.
  private static final int MOST_FLIGHTS = 10;

  private FirstHandshake() {}

  /// Makes it on the thread of the caller.
  ///
  /// @return whether both sides agree that they are connected
  static boolean make(DtlsIdentity identity, SecureRandom random) {
    List<SrtpProfile> profiles = List.of(SrtpProfile.values());
    Set<Fingerprint> itself = Set.of(identity.fingerprint());
    var client = DtlsAssociation.client(identity, itself, profiles, random);
    var server = DtlsAssociation.server(identity, itself, profiles, random);
    DtlsStep step = client.start(System.nanoTime());
    List<byte[]> flight = step.datagrams();
    boolean[] connected = new boolean[2];
    for (int i = 0; i < MOST_FLIGHTS && !flight.isEmpty(); i++) {
      DtlsAssociation receiver = i % 2 == 0 ? server : client;
      List<byte[]> answers = new ArrayList<>();
      for (byte[] datagram : flight) {
        step = receiver.handleDatagram(datagram, System.nanoTime());
        answers.addAll(step.datagrams());
        connected[i % 2] |= step.state() instanceof DtlsState.Connected;
      }
      flight = answers;
    }
    client.abandon();
    server.abandon();
    return connected[0] && connected[1];
  }
}
