package io.wishbone.webrtc.dtls;

import java.io.IOException;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/// A certificate with the bytes that go, or came, over the wire.
///
/// BouncyCastle would encode it anew whenever they are asked for, several times a handshake. And a
/// fingerprint is one of the bytes that the peer sent, whether or not we would write the same ones
/// (RFC 8122 section 5).
final class EncodedCertificate extends BcTlsCertificate {

  private final byte[] encoded;

  EncodedCertificate(BcTlsCrypto crypto, byte[] encoded) throws IOException {
    super(crypto, encoded);
    this.encoded = encoded.clone();
  }

  @Override
  public byte[] getEncoded() {
    return encoded.clone();
  }
}
