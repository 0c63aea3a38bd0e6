package io.wishbone.it.conformance;

import io.wishbone.it.Offers;
import java.util.List;

/// Offers and fragments, and what stands in them.
final class Sdp {
  static final String PUBLISHER = Offers.read("chromium156-whip-av-sendonly.offer.sdp");
  static final String SOUND = Offers.read("chromium156-whip-audio-only.offer.sdp");
  static final String SIMULCAST = Offers.read("chromium156-whip-simulcast-3rid.offer.sdp");
  static final String FFMPEG = Offers.read("ffmpeg9-openssl-whip-h264-opus.offer.sdp");
  static final String OBS = Offers.read("libdatachannel-node-datachannel0.33-whip.offer.sdp");
  static final String PLAYER = Offers.read("chromium156-whep-recvonly.offer.sdp");

  static final List<String> PUBLISHERS =
      List.of(
          "chromium156-whip-audio-only.offer.sdp",
          "chromium156-whip-av-sendonly.offer.sdp",
          "chromium156-whip-av-sendonly.trickle-nocand.sdp",
          "chromium156-whip-av1-only.offer.sdp",
          "chromium156-whip-h264-only.offer.sdp",
          "chromium156-whip-simulcast-3rid.offer.sdp",
          "chromium156-whip-vp8-only.offer.sdp",
          "ffmpeg9-openssl-whip-h264-opus.offer.sdp",
          "ffmpeg9-openssl-whip-videoonly-dtlsactive.offer.sdp",
          "firefox-esr153-whip-av-sendonly.offer.sdp",
          "libdatachannel-node-datachannel0.33-whip.offer.sdp",
          "simplewhipclient-gst128-trickle-vp8.offer.sdp");

  static final List<String> PLAYERS =
      List.of(
          "chromium156-whep-recvonly-datachannel.offer.sdp",
          "chromium156-whep-recvonly-mdns.offer.sdp",
          "chromium156-whep-recvonly.offer.sdp",
          "firefox-esr153-whep-recvonly.offer.sdp");

  static final String CANDIDATE = "a=candidate:1 1 udp 2122260223 192.0.2.9 50000 typ host";
  static final String NEW_UFRAG = "fresh";
  static final String NEW_PWD = "freshfreshfreshfreshfresh";

  private Sdp() {}

  /// As medooze's client writes it: credentials first, then a section for the lines.
  static String fragment(String ufrag, String pwd, String... lines) {
    return "a=ice-ufrag:%s\r\na=ice-pwd:%s\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:0\r\n"
            .formatted(ufrag, pwd)
        + lines(lines);
  }

  static String restart() {
    return fragment(NEW_UFRAG, NEW_PWD, CANDIDATE);
  }

  static String lines(String... lines) {
    return lines.length == 0 ? "" : String.join("\r\n", lines) + "\r\n";
  }

  /// The value of the first attribute of this name.
  static String value(String sdp, String name) {
    return sdp.lines()
        .filter(line -> line.startsWith("a=" + name + ":"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElseThrow();
  }

  /// How often a line stands there.
  static long count(String sdp, String line) {
    return sdp.lines().filter(line::equals).count();
  }

  static long sections(String sdp) {
    return sdp.lines().filter(line -> line.startsWith("m=")).count();
  }

  /// Without the lines that begin so.
  static String without(String sdp, String start) {
    return String.join("\r\n", sdp.lines().filter(line -> !line.startsWith(start)).toList())
        + "\r\n";
  }

  /// A player's answer to an offer of the server: the other way round, with a transport of its own.
  static String answerTo(String offer) {
    String mine = "a=ice-pwd:" + value(SOUND, "ice-pwd");
    return without(without(without(offer, "a=candidate"), "a=end-of-candidates"), "a=ice-lite")
        .replace("a=sendonly", "a=recvonly")
        .replace("a=setup:actpass", "a=setup:active")
        .replaceAll("a=ice-ufrag:.*", "a=ice-ufrag:" + value(SOUND, "ice-ufrag"))
        .replaceAll("a=ice-pwd:.*", mine)
        .replaceAll("a=fingerprint:.*", "a=fingerprint:" + value(SOUND, "fingerprint"))
        .replaceAll("a=msid:.*\r\n", "");
  }
}
