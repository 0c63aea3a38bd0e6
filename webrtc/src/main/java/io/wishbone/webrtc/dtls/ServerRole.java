package io.wishbone.webrtc.dtls;

import java.io.IOException;
import java.util.Hashtable;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsUtils;

/// How we are a DTLS server: `a=setup:passive`. BouncyCastle asks, this answers.
final class ServerRole extends DefaultTlsServer implements HandshakeRole {

  private final DtlsIdentity identity;
  private final HandshakeCrypto crypto;
  private final Agreement agreement;

  ServerRole(DtlsIdentity identity, HandshakeCrypto crypto, Agreement agreement) {
    super(crypto);
    this.identity = identity;
    this.crypto = crypto;
    this.agreement = agreement;
  }

  /// No HelloVerifyRequest before: ICE has shown that the peer is reachable where it claims to be.
  @Override
  public DTLSTransport handshake(DatagramTransport transport) throws IOException {
    return new DTLSServerProtocol().accept(this, transport);
  }

  @Override
  public boolean isFlightComplete() {
    return HandshakeRole.isFinishedExpected(context);
  }

  @Override
  protected ProtocolVersion[] getSupportedVersions() {
    return ProtocolVersion.DTLSv12.only();
  }

  @Override
  protected int[] getSupportedCipherSuites() {
    return CipherSuites.ofServer();
  }

  @Override
  protected boolean preferLocalCipherSuites() {
    return true;
  }

  @Override
  protected TlsCredentialedSigner getECDSASignerCredentials() throws IOException {
    return Credentials.signer(identity, crypto, context);
  }

  @Override
  public CertificateRequest getCertificateRequest() {
    return new CertificateRequest(
        new short[] {ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign},
        TlsUtils.getDefaultSupportedSignatureAlgorithms(context),
        null);
  }

  @Override
  public void notifyClientCertificate(Certificate clientCertificate) throws IOException {
    agreement.verify(clientCertificate);
  }

  @Override
  public Hashtable<Integer, byte[]> getServerExtensions() throws IOException {
    @SuppressWarnings("unchecked")
    Hashtable<Integer, byte[]> extensions = super.getServerExtensions();
    TlsSRTPUtils.addUseSRTPExtension(
        extensions, agreement.select(TlsSRTPUtils.getUseSRTPExtension(clientExtensions)));
    return extensions;
  }

  @Override
  public void notifyHandshakeComplete() throws IOException {
    agreement.exportKeys(context);
  }

  @Override
  public void notifyAlertReceived(short alertLevel, short alertDescription) {
    if (alertDescription == AlertDescription.close_notify) {
      agreement.closeReceived();
    }
  }

  /// Keys may not be exported without it, RFC 7627 section 5.4.
  @Override
  public boolean requiresExtendedMasterSecret() {
    return true;
  }

  /// The certificate is bound by its fingerprint, not by whoever signed it.
  @Override
  public boolean shouldCheckSigAlgOfPeerCerts() {
    return false;
  }

  /// Harmless when missing: we never renegotiate.
  @Override
  public void notifySecureRenegotiation(boolean secureRenegotiation) {}

  @Override
  public int getHandshakeResendTimeMillis() {
    return SteppedHandshake.RESEND_MILLIS;
  }
}
