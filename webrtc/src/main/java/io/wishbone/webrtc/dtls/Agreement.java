package io.wishbone.webrtc.dtls;

import io.wishbone.webrtc.sdp.Fingerprint;
import io.wishbone.webrtc.srtp.SrtpKeyingMaterial;
import io.wishbone.webrtc.srtp.SrtpProfile;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.jspecify.annotations.Nullable;

/// What WebRTC demands of a handshake in either role, and how far it is met: the peer's certificate
/// against the fingerprints of its description, the protection profile, the exported keys.
final class Agreement {

  private final Set<Fingerprint> peerFingerprints;
  private final List<SrtpProfile> profiles;
  private final boolean isClient;
  private boolean peerVerified;
  private @Nullable SrtpProfile profile;
  private @Nullable SrtpKeyingMaterial keys;
  private DtlsState.@Nullable Failed refusal;
  private boolean closedByPeer;

  Agreement(Set<Fingerprint> peerFingerprints, List<SrtpProfile> profiles, boolean isClient) {
    this.peerFingerprints = Set.copyOf(peerFingerprints);
    this.profiles = List.copyOf(profiles);
    this.isClient = isClient;
    if (profiles.isEmpty()) {
      throw new IllegalArgumentException("at least one protection profile is needed");
    }
  }

  /// RFC 8827 section 6.5: nothing is accepted from a peer with another certificate.
  void verify(@Nullable Certificate certificate) throws IOException {
    if (certificate == null || certificate.isEmpty()) {
      throw refuse(
          DtlsFailure.NO_CERTIFICATE,
          AlertDescription.handshake_failure,
          "the peer sent no certificate");
    }
    if (!CertificateHash.matchesAny(
        peerFingerprints, certificate.getCertificateAt(0).getEncoded())) {
      throw refuse(
          DtlsFailure.FINGERPRINT_MISMATCH,
          AlertDescription.bad_certificate,
          "the peer's certificate has none of the fingerprints of its description");
    }
    peerVerified = true;
  }

  /// The extension that a client offers. No MKI.
  UseSRTPData offer() {
    return new UseSRTPData(
        profiles.stream().mapToInt(SrtpProfile::id).toArray(), TlsUtils.EMPTY_BYTES);
  }

  /// The extension that a server answers with: the first of its own profiles that is offered. An
  /// MKI that the client offers is declined by an empty one, RFC 5764 section 4.1.3.
  UseSRTPData select(@Nullable UseSRTPData offered) throws TlsFatalAlert {
    if (offered == null) {
      throw refuse(
          DtlsFailure.NO_SRTP_PROFILE,
          AlertDescription.handshake_failure,
          "the client does not offer use_srtp");
    }
    for (SrtpProfile candidate : profiles) {
      for (int id : offered.getProtectionProfiles()) {
        if (id == candidate.id()) {
          profile = candidate;
          return new UseSRTPData(new int[] {id}, TlsUtils.EMPTY_BYTES);
        }
      }
    }
    throw refuse(
        DtlsFailure.NO_SRTP_PROFILE,
        AlertDescription.handshake_failure,
        "the client offers none of the protection profiles " + profiles);
  }

  /// What a server chose must be one of our offer, RFC 5764 section 4.1.1.
  void accept(@Nullable UseSRTPData chosen) throws TlsFatalAlert {
    if (chosen == null) {
      throw refuse(
          DtlsFailure.NO_SRTP_PROFILE,
          AlertDescription.handshake_failure,
          "the server did not answer use_srtp");
    }
    int[] ids = chosen.getProtectionProfiles();
    SrtpProfile candidate = ids.length == 1 ? SrtpProfile.withId(ids[0]).orElse(null) : null;
    if (candidate == null || !profiles.contains(candidate) || chosen.getMki().length != 0) {
      throw refuse(
          DtlsFailure.NO_SRTP_PROFILE,
          AlertDescription.illegal_parameter,
          "the server chose a protection profile or an MKI that was not offered");
    }
    profile = candidate;
  }

  /// The last act of a handshake. RFC 5764 section 4.2.
  void exportKeys(TlsContext context) throws TlsFatalAlert {
    if (!peerVerified || profile == null) {
      throw refuse(
          DtlsFailure.NO_CERTIFICATE,
          AlertDescription.handshake_failure,
          "the handshake ended without certificate or protection profile");
    }
    byte[] exported =
        context.exportKeyingMaterial(
            SrtpKeyingMaterial.EXPORTER_LABEL, null, profile.keyingMaterialLength());
    keys = SrtpKeyingMaterial.split(profile, exported, isClient);
  }

  void closeReceived() {
    closedByPeer = true;
  }

  boolean isClosedByPeer() {
    return closedByPeer;
  }

  /// Present once the handshake is complete and the peer is who it should be.
  @Nullable SrtpKeyingMaterial keys() {
    return keys;
  }

  /// Why we broke off, if it was one of our own demands.
  DtlsState.@Nullable Failed refusal() {
    return refusal;
  }

  private TlsFatalAlert refuse(DtlsFailure reason, short alert, String detail) {
    refusal = new DtlsState.Failed(reason, detail);
    return new TlsFatalAlert(alert, detail);
  }
}
