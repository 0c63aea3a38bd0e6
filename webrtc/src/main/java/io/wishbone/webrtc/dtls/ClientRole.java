package io.wishbone.webrtc.dtls;

import java.io.IOException;
import java.util.Hashtable;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CertificateStatusRequest;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.jspecify.annotations.Nullable;

/// How we are a DTLS client: `a=setup:active`. BouncyCastle asks, this answers.
final class ClientRole extends DefaultTlsClient implements HandshakeRole, TlsAuthentication {

  private final DtlsIdentity identity;
  private final HandshakeCrypto crypto;
  private final Agreement agreement;

  ClientRole(DtlsIdentity identity, HandshakeCrypto crypto, Agreement agreement) {
    super(crypto);
    this.identity = identity;
    this.crypto = crypto;
    this.agreement = agreement;
  }

  @Override
  public DTLSTransport handshake(DatagramTransport transport) throws IOException {
    return new DTLSClientProtocol().connect(this, transport);
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
    return CipherSuites.ofClient();
  }

  @Override
  public Hashtable<Integer, byte[]> getClientExtensions() throws IOException {
    @SuppressWarnings("unchecked")
    Hashtable<Integer, byte[]> extensions = super.getClientExtensions();
    TlsSRTPUtils.addUseSRTPExtension(extensions, agreement.offer());
    return extensions;
  }

  /// Nobody has a certificate status for a self-signed certificate.
  @Override
  protected @Nullable CertificateStatusRequest getCertificateStatusRequest() {
    return null;
  }

  @Override
  @SuppressWarnings("rawtypes")
  public void processServerExtensions(Hashtable serverExtensions) throws IOException {
    super.processServerExtensions(serverExtensions);
    agreement.accept(TlsSRTPUtils.getUseSRTPExtension(serverExtensions));
  }

  @Override
  public TlsAuthentication getAuthentication() {
    return this;
  }

  @Override
  public void notifyServerCertificate(TlsServerCertificate serverCertificate) throws IOException {
    agreement.verify(serverCertificate.getCertificate());
  }

  @Override
  public TlsCredentials getClientCredentials(CertificateRequest request) throws IOException {
    return Credentials.signer(identity, crypto, context);
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
