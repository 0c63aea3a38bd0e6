package io.wishbone.webrtc.dtls;

import java.io.IOException;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/// A [DtlsIdentity] as BouncyCastle wants it: something that signs for one handshake.
final class Credentials {

  private Credentials() {}

  /// Signs by ecdsa_secp256r1_sha256, which every WebRTC peer must know (RFC 8827 section 6.5).
  static TlsCredentialedSigner signer(DtlsIdentity identity, BcTlsCrypto crypto, TlsContext context)
      throws IOException {
    var chain =
        new Certificate(
            new TlsCertificate[] {new EncodedCertificate(crypto, identity.certificate())});
    return new BcDefaultTlsCredentialedSigner(
        new TlsCryptoParameters(context),
        crypto,
        identity.privateKey(),
        chain,
        SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
  }
}
