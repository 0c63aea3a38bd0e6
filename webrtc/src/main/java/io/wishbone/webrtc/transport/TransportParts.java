package io.wishbone.webrtc.transport;

import io.wishbone.webrtc.Outbox;
import io.wishbone.webrtc.dtls.DtlsIdentity;
import io.wishbone.webrtc.srtp.SrtpCipherProvider;
import io.wishbone.webrtc.srtp.SrtpProfile;
import java.security.SecureRandom;
import java.util.List;

/// What all transports of one worker share.
///
/// @param outbox where datagrams go
/// @param offload where DTLS steps run
/// @param identity the certificate shown to peers
/// @param profiles SRTP profiles, the preferred one first
/// @param ciphers the crypto back end of SRTP
/// @param random for DTLS
public record TransportParts(
    Outbox outbox,
    Offload offload,
    DtlsIdentity identity,
    List<SrtpProfile> profiles,
    SrtpCipherProvider ciphers,
    SecureRandom random) {
  public TransportParts {
    profiles = List.copyOf(profiles);
  }

  /// The same parts, for a transport whose owner wants to see its steps come back.
  public TransportParts with(Offload other) {
    return new TransportParts(outbox, other, identity, profiles, ciphers, random);
  }

  /// The same parts, for a transport with a socket of its own.
  public TransportParts with(Outbox other) {
    return new TransportParts(other, offload, identity, profiles, ciphers, random);
  }
}
