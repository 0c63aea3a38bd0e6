package io.wishbone.webrtc.peer;

import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.rtp.HeaderExtensionUris;
import io.wishbone.webrtc.sdp.Direction;
import io.wishbone.webrtc.sdp.Fingerprint;
import io.wishbone.webrtc.sdp.IceCredentials;
import io.wishbone.webrtc.sdp.MediaKind;
import io.wishbone.webrtc.sdp.SetupRole;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/// Writes the offer of an [OfferingPeer]: one BUNDLE, rtcp-mux, one MediaStream, no candidates.
final class OfferWriter {
  static final int MID_EXTENSION = 4;
  static final int TRANSPORT_CC_EXTENSION = 3;
  static final int RID_EXTENSION = 10;
  static final int REPAIRED_RID_EXTENSION = 11;
  static final int DEPENDENCY_DESCRIPTOR_EXTENSION = 12;

  private final StringBuilder sdp = new StringBuilder(2048);
  private final IceCredentials ice;
  private final Fingerprint fingerprint;
  private final SetupRole setup;
  private final Direction direction;

  OfferWriter(IceCredentials ice, Fingerprint fingerprint, SetupRole setup, Direction direction) {
    this.ice = ice;
    this.fingerprint = fingerprint;
    this.setup = setup;
    this.direction = direction;
  }

  String write(long sessionId, List<OfferedMedia> media, List<List<Long>> ssrcs) {
    line("v=0");
    line("o=- " + sessionId + " 1 IN IP4 127.0.0.1");
    line("s=-");
    line("t=0 0");
    StringJoiner mids = new StringJoiner(" ");
    for (int mid = 0; mid < media.size(); mid++) {
      mids.add(Integer.toString(mid));
    }
    line("a=group:BUNDLE " + mids);
    line("a=extmap-allow-mixed");
    line("a=msid-semantic: WMS *");
    for (int mid = 0; mid < media.size(); mid++) {
      writeSection(mid, media.get(mid), ssrcs.get(mid));
    }
    return sdp.toString();
  }

  private void writeSection(int mid, OfferedMedia media, List<Long> ssrcs) {
    String kind = media.kind().name().toLowerCase(Locale.ROOT);
    StringJoiner formats = new StringJoiner(" ");
    for (OfferedCodec codec : media.codecs()) {
      formats.add(Integer.toString(codec.payloadType()));
      if (codec.rtxPayloadType() != 0) {
        formats.add(Integer.toString(codec.rtxPayloadType()));
      }
    }
    line("m=" + kind + " 9 UDP/TLS/RTP/SAVPF " + formats);
    line("c=IN IP4 0.0.0.0");
    line("a=ice-ufrag:" + ice.usernameFragment());
    line("a=ice-pwd:" + ice.password());
    line("a=ice-options:trickle ice2");
    line("a=fingerprint:" + fingerprint.algorithm() + " " + fingerprint.value());
    line("a=setup:" + setup.name().toLowerCase(Locale.ROOT));
    line("a=mid:" + mid);
    line("a=" + direction.name().toLowerCase(Locale.ROOT));
    line("a=rtcp-mux");
    line("a=rtcp-mux-only");
    line("a=rtcp-rsize");
    line("a=extmap:" + MID_EXTENSION + " " + HeaderExtensionUris.MID);
    line("a=extmap:" + TRANSPORT_CC_EXTENSION + " " + HeaderExtensionUris.TRANSPORT_WIDE_CC);
    if (!media.rids().isEmpty()) {
      line("a=extmap:" + RID_EXTENSION + " " + HeaderExtensionUris.RID);
      line("a=extmap:" + REPAIRED_RID_EXTENSION + " " + HeaderExtensionUris.REPAIRED_RID);
    }
    if (media.kind() == MediaKind.VIDEO) {
      line(
          "a=extmap:"
              + DEPENDENCY_DESCRIPTOR_EXTENSION
              + " "
              + HeaderExtensionUris.DEPENDENCY_DESCRIPTOR);
    }
    media.codecs().forEach(codec -> writeCodec(media.kind(), codec));
    if (direction == Direction.SENDONLY) {
      line("a=msid:wishbone " + kind);
    }
    if (media.rids().isEmpty()) {
      ssrcs.forEach(ssrc -> line("a=ssrc:" + ssrc + " cname:wishbone"));
    } else {
      media.rids().forEach(rid -> line("a=rid:" + rid + " send"));
      line("a=simulcast:send " + String.join(";", media.rids()));
    }
  }

  private void writeCodec(MediaKind kind, OfferedCodec offered) {
    int payloadType = offered.payloadType();
    Codec codec = offered.codec();
    String channels = codec == Codec.OPUS ? "/2" : "";
    line(
        "a=rtpmap:"
            + payloadType
            + " "
            + codec.encodingName()
            + "/"
            + codec.clockRate()
            + channels);
    if (!offered.formatParameters().isEmpty()) {
      line("a=fmtp:" + payloadType + " " + offered.formatParameters());
    }
    line("a=rtcp-fb:" + payloadType + " transport-cc");
    if (kind == MediaKind.VIDEO) {
      line("a=rtcp-fb:" + payloadType + " nack");
      line("a=rtcp-fb:" + payloadType + " nack pli");
      line("a=rtcp-fb:" + payloadType + " ccm fir");
    }
    int rtx = offered.rtxPayloadType();
    if (rtx != 0) {
      line("a=rtpmap:" + rtx + " rtx/" + codec.clockRate());
      line("a=fmtp:" + rtx + " apt=" + payloadType);
    }
  }

  private void line(String text) {
    sdp.append(text).append("\r\n");
  }
}
