package io.wishbone.client;

import io.wishbone.client.http.SignalingClient;
import io.wishbone.client.net.ClientLoop;
import io.wishbone.client.net.ClientSocket;
import io.wishbone.webrtc.dtls.DtlsIdentity;
import io.wishbone.webrtc.srtp.JceCipherProvider;
import io.wishbone.webrtc.srtp.SrtpProfile;
import io.wishbone.webrtc.transport.TransportParts;
import java.security.SecureRandom;
import java.util.List;

/// What the sessions of one client share: the loop, the HTTP client, one certificate.
///
/// @param loop runs the media of all sessions
/// @param http opens and ends them
/// @param identity the certificate shown to servers
public record ClientParts(ClientLoop loop, SignalingClient http, DtlsIdentity identity)
    implements AutoCloseable {
  private static final List<SrtpProfile> PROFILES =
      List.of(SrtpProfile.AEAD_AES_128_GCM, SrtpProfile.AES128_CM_HMAC_SHA1_80);

  /// Starts a loop of this name, with a certificate of its own.
  public static ClientParts start(String name, SignalingClient http) {
    return new ClientParts(new ClientLoop(name), http, DtlsIdentity.generate(new SecureRandom()));
  }

  /// What a transport on `socket` needs.
  public TransportParts transportParts(ClientSocket socket) {
    return new TransportParts(
        socket, loop.offload(), identity, PROFILES, new JceCipherProvider(), new SecureRandom());
  }

  @Override
  public void close() {
    loop.close();
    http.close();
  }
}
