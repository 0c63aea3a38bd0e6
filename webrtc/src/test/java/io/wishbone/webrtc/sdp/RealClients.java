package io.wishbone.webrtc.sdp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// What real clients were seen to send.
final class RealClients {
  static final List<String> DESCRIPTIONS =
      List.of(
          "chromium156-whep-recvonly-datachannel.offer.sdp",
          "chromium156-whep-recvonly-mdns.offer.sdp",
          "chromium156-whep-recvonly.offer.sdp",
          "chromium156-whip-audio-only.offer.sdp",
          "chromium156-whip-av-sendonly.offer.sdp",
          "chromium156-whip-av-sendonly.trickle-nocand.sdp",
          "chromium156-whip-av1-only.offer.sdp",
          "chromium156-whip-h264-only.offer.sdp",
          "chromium156-whip-ice-restart.offer.sdp",
          "chromium156-whip-simulcast-3rid.offer.sdp",
          "chromium156-whip-vp8-only.offer.sdp",
          "ffmpeg9-openssl-whip-h264-opus.offer.sdp",
          "ffmpeg9-openssl-whip-videoonly-dtlsactive.offer.sdp",
          "firefox-esr153-whep-recvonly.offer.sdp",
          "firefox-esr153-whip-av-sendonly.offer.sdp",
          "libdatachannel-node-datachannel0.33-whip.offer.sdp",
          "simplewhipclient-gst128-trickle-vp8.offer.sdp");

  private RealClients() {}

  static SessionDescription offer(String name) throws SdpParseException {
    return SessionDescription.parse(text(name));
  }

  static MediaDescription section(String name, String mid) throws SdpParseException {
    return Objects.requireNonNull(offer(name).media(mid));
  }

  static String text(String name) {
    try (InputStream in = RealClients.class.getResourceAsStream("/sdp/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The bodies of trickle PATCHes; in the file, each is a JavaScript string in a line of its own.
  static List<String> fragments() {
    return text("trickle-patch-bodies.txt")
        .lines()
        .map(line -> line.substring(line.indexOf('"') + 1, line.lastIndexOf('"')))
        .map(body -> body.replace("\\r", "\r").replace("\\n", "\n"))
        .toList();
  }
}
