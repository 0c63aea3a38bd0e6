package io.wishbone.node.relay;

import io.wishbone.node.negotiation.LocalTransport;
import io.wishbone.node.negotiation.NegotiatedPeer;
import io.wishbone.webrtc.sdp.Attribute;
import io.wishbone.webrtc.sdp.Direction;
import io.wishbone.webrtc.sdp.Fingerprint;
import io.wishbone.webrtc.sdp.IceCredentials;
import io.wishbone.webrtc.sdp.MediaDescription;
import io.wishbone.webrtc.sdp.MediaDescriptionBuilder;
import io.wishbone.webrtc.sdp.Origin;
import io.wishbone.webrtc.sdp.SdpParseException;
import io.wishbone.webrtc.sdp.SessionDescription;
import io.wishbone.webrtc.sdp.SetupRole;
import io.wishbone.webrtc.transport.DtlsRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What offers and answers between workers have in common.
///
/// They are session descriptions in form, and use the standard's words wherever it has some. Three
/// things it has no words for:
///
/// | attribute | says |
/// |---|---|
/// | `a=x-wishbone-path:<node> <node> …` | which nodes the stream has come through |
/// | `a=x-wishbone-mid:<mid>` | what the source's packets call the section |
/// | `a=ssrc:<ssrc> x-wishbone-index:<n>`, `x-wishbone-rid:<rid>` | where an encoding stands, and its name |
final class RelaySdp {
  static final String PATH = "x-wishbone-path";
  static final String SOURCE_MID = "x-wishbone-mid";
  static final String INDEX = "x-wishbone-index";
  static final String SOURCE_RID = "x-wishbone-rid";

  private static final String PROTOCOL = "UDP/TLS/RTP/SAVPF";
  private static final int DISCARD_PORT = 9;

  private RelaySdp() {}

  static MediaDescriptionBuilder section(
      String kind, String mid, LocalTransport local, SetupRole setup, Direction direction) {
    return MediaDescription.builder(kind, DISCARD_PORT, PROTOCOL)
        .mid(mid)
        .with(direction)
        .iceCredentials(local.iceCredentials())
        .with(local.fingerprint())
        .with(setup)
        .flag("rtcp-mux")
        .flag("rtcp-mux-only")
        .flag("rtcp-rsize");
  }

  static SessionDescription description(
      LocalTransport local, List<String> mids, List<Attribute> more, List<MediaDescription> media) {
    List<Attribute> session = new ArrayList<>();
    session.add(new Attribute("group", "BUNDLE " + String.join(" ", mids)));
    session.add(Attribute.flag("extmap-allow-mixed"));
    if (local.iceLite()) {
      session.add(Attribute.flag("ice-lite"));
    }
    session.addAll(more);
    return SessionDescription.of(Origin.of(local.sessionId()), session, media);
  }

  static SessionDescription parse(String text) throws RelayRejectedException {
    try {
      return SessionDescription.parse(text);
    } catch (SdpParseException malformed) {
      throw new RelayRejectedException(String.valueOf(malformed.getMessage()));
    }
  }

  /// The other side's transport, as the section says it that is taken first.
  ///
  /// @param setup what the other side has to say of its part in DTLS
  static NegotiatedPeer peer(MediaDescription section, SetupRole setup, DtlsRole ours)
      throws RelayRejectedException {
    IceCredentials credentials = section.iceCredentials();
    List<Fingerprint> fingerprints = section.fingerprints();
    if (credentials == null || fingerprints.isEmpty()) {
      throw new RelayRejectedException("there are no ICE credentials, or no fingerprint");
    }
    if (section.setup() != setup) {
      throw new RelayRejectedException("a=setup is not " + setup);
    }
    return new NegotiatedPeer(credentials, Set.copyOf(fingerprints), ours, true, true);
  }
}
