package io.wishbone.webrtc.dtls;

import java.io.IOException;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;

/// One of the two sides of a handshake, ready to run.
sealed interface HandshakeRole permits ServerRole, ClientRole {

  /// Runs the handshake on this thread. Blocks whenever the transport has nothing to receive.
  DTLSTransport handshake(DatagramTransport transport) throws IOException;
}
