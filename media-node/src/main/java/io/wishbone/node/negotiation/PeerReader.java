package io.wishbone.node.negotiation;

import io.wishbone.webrtc.sdp.Fingerprint;
import io.wishbone.webrtc.sdp.IceCredentials;
import io.wishbone.webrtc.sdp.MediaDescription;
import io.wishbone.webrtc.sdp.SetupRole;
import io.wishbone.webrtc.transport.DtlsRole;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the peer's side of the transport from the section whose transport serves all.
final class PeerReader {
  private PeerReader() {}

  static NegotiatedPeer read(MediaDescription tagged) throws OfferRefusedException {
    IceCredentials credentials = tagged.iceCredentials();
    if (credentials == null) {
      throw new OfferRefusedException(
          OfferFault.MALFORMED, "the offer has no a=ice-ufrag and a=ice-pwd");
    }
    List<Fingerprint> fingerprints = tagged.fingerprints();
    if (fingerprints.isEmpty()) {
      throw new OfferRefusedException(OfferFault.MALFORMED, "the offer has no a=fingerprint");
    }
    return new NegotiatedPeer(
        credentials,
        Set.copyOf(fingerprints),
        dtlsRole(tagged.setup()),
        tagged.rtcpReducedSize(),
        tagged.extmapAllowMixed());
  }

  /// | offered `a=setup` | we answer | our role |
  /// |---|---|---|
  /// | actpass, active, none | passive | server |
  /// | passive (FFmpeg) | active | client |
  private static DtlsRole dtlsRole(@Nullable SetupRole offered) throws OfferRefusedException {
    if (offered == null) {
      return DtlsRole.SERVER;
    }
    return switch (offered) {
      case ACTPASS, ACTIVE -> DtlsRole.SERVER;
      case PASSIVE -> DtlsRole.CLIENT;
      case HOLDCONN ->
          throw new OfferRefusedException(OfferFault.UNSUPPORTED, "the offer has a=setup:holdconn");
    };
  }
}
