package io.wishbone.webrtc.dtls;

import java.io.IOException;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.TlsContext;
import org.jspecify.annotations.Nullable;

/// One of the two sides of a handshake, ready to run.
sealed interface HandshakeRole permits ServerRole, ClientRole {

  /// Runs the handshake on this thread. Blocks whenever the transport has nothing to receive.
  DTLSTransport handshake(DatagramTransport transport) throws IOException;

  /// Whether all of the peer's messages before ChangeCipherSpec have been processed.
  boolean isFlightComplete();

  /// BouncyCastle computes what the peer's Finished must say when nothing is missing before it.
  static boolean isFinishedExpected(@Nullable TlsContext context) {
    SecurityParameters parameters =
        context == null ? null : context.getSecurityParametersHandshake();
    return parameters != null && parameters.getPeerVerifyData() != null;
  }
}
