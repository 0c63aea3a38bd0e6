package io.wishbone.webrtc.dtls;

import io.wishbone.webrtc.sdp.Fingerprint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.bc.BcX509v3CertificateBuilder;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcECContentSignerBuilder;

/// A key pair and its self-signed certificate: ECDSA on P-256, as RFC 8827 section 6.5 asks for.
///
/// Normally one a process. Nobody checks name, validity or chain of such a certificate: it is bound
/// to the session by its fingerprint in the description alone. So the name says nothing.
public final class DtlsIdentity {

  private static final String NAME = "CN=WebRTC";
  private static final Duration BACKDATED = Duration.ofDays(1);
  private static final Duration VALID = Duration.ofDays(3650);
  private static final int SERIAL_BITS = 127;

  private final AsymmetricKeyParameter privateKey;
  private final byte[] certificate;
  private final Fingerprint fingerprint;

  private DtlsIdentity(AsymmetricKeyParameter privateKey, byte[] certificate) {
    this.privateKey = privateKey;
    this.certificate = certificate;
    this.fingerprint = CertificateHash.SHA_256.fingerprint(certificate);
  }

  public static DtlsIdentity generate(SecureRandom random) {
    var curve =
        new ECNamedDomainParameters(
            SECObjectIdentifiers.secp256r1, CustomNamedCurves.getByName("secp256r1"));
    var generator = new ECKeyPairGenerator();
    generator.init(new ECKeyGenerationParameters(curve, random));
    AsymmetricCipherKeyPair pair = generator.generateKeyPair();
    return new DtlsIdentity(pair.getPrivate(), selfSigned(pair, random));
  }

  private static byte[] selfSigned(AsymmetricCipherKeyPair pair, SecureRandom random) {
    var name = new X500Name(NAME);
    var serial = new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS);
    var notBefore = Instant.now().minus(BACKDATED);
    var notAfter = notBefore.plus(VALID);
    var signature = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
    var digest = new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256);
    try {
      var signer =
          new BcECContentSignerBuilder(signature, digest)
              .setSecureRandom(random)
              .build(pair.getPrivate());
      return new BcX509v3CertificateBuilder(
              name, serial, Date.from(notBefore), Date.from(notAfter), name, pair.getPublic())
          .build(signer)
          .getEncoded();
    } catch (OperatorCreationException e) {
      throw new IllegalStateException("cannot sign our own certificate", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The SHA-256 fingerprint for `a=fingerprint`.
  public Fingerprint fingerprint() {
    return fingerprint;
  }

  AsymmetricKeyParameter privateKey() {
    return privateKey;
  }

  /// DER, as it goes over the wire.
  byte[] certificate() {
    return certificate;
  }
}
