package io.wishbone.webrtc.dtls;

import java.io.IOException;
import java.security.SecureRandom;
import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.modes.AEADBlockCipher;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.gcm.BasicGCMMultiplier;
import org.bouncycastle.tls.CertificateType;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/// BouncyCastle's own cryptography, with two differences: certificates are not encoded again and
/// again, and GCM has no multiplication tables.
///
/// Tables make bulk encryption faster and take several kilobytes a direction, for as long as an
/// association lives. All that we ever encrypt by DTLS is Finished and an alert.
final class HandshakeCrypto extends BcTlsCrypto {

  HandshakeCrypto(SecureRandom random) {
    super(random);
  }

  @Override
  public TlsCertificate createCertificate(short type, byte[] encoding) throws IOException {
    return type == CertificateType.X509
        ? new EncodedCertificate(this, encoding)
        : super.createCertificate(type, encoding);
  }

  @Override
  protected AEADBlockCipher createGCMMode(BlockCipher engine) {
    return GCMBlockCipher.newInstance(engine, new BasicGCMMultiplier());
  }
}
