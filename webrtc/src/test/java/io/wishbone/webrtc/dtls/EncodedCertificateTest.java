package io.wishbone.webrtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.tls.CertificateType;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.junit.jupiter.api.Test;

class EncodedCertificateTest {
  private final SecureRandom random = new SecureRandom();
  private final HandshakeCrypto crypto = new HandshakeCrypto(random);
  private final byte[] certificate = DtlsIdentity.generate(random).certificate();

  /// The same certificate with a length of three bytes where two would do: BER, but not DER.
  private byte[] encodedOtherwise() {
    assertThat(certificate[1]).isEqualTo((byte) 0x82);
    byte[] longer = new byte[certificate.length + 1];
    longer[0] = certificate[0];
    longer[1] = (byte) 0x83;
    System.arraycopy(certificate, 2, longer, 3, certificate.length - 2);
    return longer;
  }

  @Test
  void hasTheFingerprintOfWhatThePeerSent() throws Exception {
    byte[] sent = encodedOtherwise();

    TlsCertificate read = crypto.createCertificate(CertificateType.X509, sent);

    assertThat(read.getEncoded()).isEqualTo(sent);
    assertThat(
            CertificateHash.matchesAny(
                Set.of(CertificateHash.SHA_256.fingerprint(sent)), read.getEncoded()))
        .isTrue();
    // Written anew it would be another one.
    assertThat(((EncodedCertificate) read).getCertificate().getEncoded(ASN1Encoding.DER))
        .isEqualTo(certificate);
  }

  @Test
  void isNotChangedByWhoeverReadIt() throws Exception {
    byte[] given = certificate.clone();
    var read = new EncodedCertificate(crypto, given);

    Arrays.fill(given, (byte) 0);
    Arrays.fill(read.getEncoded(), (byte) 0);

    assertThat(read.getEncoded()).isEqualTo(certificate);
  }
}
