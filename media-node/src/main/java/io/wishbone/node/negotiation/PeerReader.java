package io.wishbone.node.negotiation;

import io.wishbone.webrtc.sdp.Fingerprint;
import io.wishbone.webrtc.sdp.IceCredentials;
import io.wishbone.webrtc.sdp.MediaDescription;
import io.wishbone.webrtc.sdp.SetupRole;
import io.wishbone.webrtc.transport.DtlsRole;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the peer's side of the transport, most of it from the section whose transport serves all.
final class PeerReader {
  private PeerReader() {}

  /// @param accepted all sections that are taken, the tagged one among them
  static NegotiatedPeer read(MediaDescription tagged, List<MediaDescription> accepted)
      throws OfferRefusedException {
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
        readsReducedSize(accepted),
        tagged.extmapAllowMixed());
  }

  /// RFC 8859 has `a=rtcp-rsize` in all sections of a bundle or in none. Firefox and FFmpeg 8 have
  /// it in that of their picture only, and FFmpeg heeds a NACK only when no report is in front of
  /// it.
  private static boolean readsReducedSize(List<MediaDescription> accepted) {
    return accepted.stream().anyMatch(MediaDescription::rtcpReducedSize);
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
