package io.wishbone.webrtc.dtls;

import java.security.SecureRandom;
import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.modes.AEADBlockCipher;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.gcm.BasicGCMMultiplier;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/// BouncyCastle's own cryptography, with one difference: GCM without multiplication tables.
///
/// They make bulk encryption faster and take several kilobytes a direction, for as long as an
/// association lives. All that we ever encrypt by DTLS is Finished and an alert.
final class HandshakeCrypto extends BcTlsCrypto {

  HandshakeCrypto(SecureRandom random) {
    super(random);
  }

  @Override
  protected AEADBlockCipher createGCMMode(BlockCipher engine) {
    return GCMBlockCipher.newInstance(engine, new BasicGCMMultiplier());
  }
}
