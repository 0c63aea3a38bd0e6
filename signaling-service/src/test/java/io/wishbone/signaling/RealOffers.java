package io.wishbone.signaling;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/// Offers as clients really make them.
public final class RealOffers {

  public static final String UFRAG = "EsAw";
  public static final String PASSWORD = "P2uYro0UCOQ4zxjKXaWCBui1";

  private RealOffers() {}

  public static Stream<String> publishers() {
    return Stream.of(
        "chromium156-whip-audio-only",
        "chromium156-whip-av-sendonly",
        "chromium156-whip-av1-only",
        "chromium156-whip-h264-only",
        "chromium156-whip-ice-restart",
        "chromium156-whip-simulcast-3rid",
        "chromium156-whip-vp8-only",
        "ffmpeg9-openssl-whip-h264-opus",
        "ffmpeg9-openssl-whip-videoonly-dtlsactive",
        "firefox-esr153-whip-av-sendonly",
        "libdatachannel-node-datachannel0.33-whip",
        "simplewhipclient-gst128-trickle-vp8");
  }

  public static Stream<String> players() {
    return Stream.of(
        "chromium156-whep-recvonly",
        "chromium156-whep-recvonly-datachannel",
        "chromium156-whep-recvonly-mdns",
        "firefox-esr153-whep-recvonly");
  }

  public static String text(String name) {
    try (InputStream in = RealOffers.class.getResourceAsStream("/offers/" + name + ".offer.sdp")) {
      if (in == null) {
        throw new IllegalArgumentException(name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The smallest offer that is worth answering, with [#UFRAG] and [#PASSWORD].
  public static String minimal(String direction) {
    return """
    v=0
    o=- 5228595038118931041 2 IN IP4 127.0.0.1
    s=-
    t=0 0
    a=group:BUNDLE 0
    m=audio 9 UDP/TLS/RTP/SAVPF 111
    c=IN IP4 0.0.0.0
    a=ice-ufrag:%s
    a=ice-pwd:%s
    a=fingerprint:sha-256 DA:7B:57:DC:28:CE:04:4F:31:79:85:C4:31:67:EB:27:58:29:ED:77:2A:0D:24:AE:ED:AD:30:BC:BD:F1:9C:02
    a=setup:actpass
    a=mid:0
    a=%s
    a=rtcp-mux
    a=rtpmap:111 opus/48000/2
    """
        .formatted(UFRAG, PASSWORD, direction)
        .replace("\n", "\r\n");
  }
}
