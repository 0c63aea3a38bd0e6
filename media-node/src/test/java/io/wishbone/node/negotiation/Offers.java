package io.wishbone.node.negotiation;

import io.wishbone.webrtc.sdp.Fingerprint;
import io.wishbone.webrtc.sdp.IceCandidate;
import io.wishbone.webrtc.sdp.IceCredentials;
import io.wishbone.webrtc.sdp.SdpParseException;
import io.wishbone.webrtc.sdp.SessionDescription;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/// Offers of real clients, recorded.
final class Offers {
  static final LocalTransport LOCAL =
      new LocalTransport(
          4242,
          new IceCredentials("nodeufra", "nodepasswordnodepassword"),
          new Fingerprint("sha-256", "AB:".repeat(31) + "CD"),
          true,
          List.of(
              new IceCandidate("1", 1, "udp", 2130706431L, "192.0.2.7", 9400, "host"),
              new IceCandidate("2", 1, "udp", 2130706175L, "2001:db8::7", 9400, "host")),
          new LocalSources(4_201, "wishbone-cname"));

  static final PublisherAnswerer PUBLISHERS =
      new PublisherAnswerer(CodecPreferences.NONE, CodecPreferences.NONE);

  private Offers() {}

  static Stream<String> publishers() {
    return Stream.of(
        "chromium156-whip-av-sendonly",
        "chromium156-whip-av-sendonly.trickle-nocand",
        "chromium156-whip-audio-only",
        "chromium156-whip-av1-only",
        "chromium156-whip-h264-only",
        "chromium156-whip-vp8-only",
        "chromium156-whip-ice-restart",
        "chromium156-whip-simulcast-3rid",
        "ffmpeg9-openssl-whip-h264-opus",
        "ffmpeg9-openssl-whip-videoonly-dtlsactive",
        "firefox-esr153-whip-av-sendonly",
        "libdatachannel-node-datachannel0.33-whip",
        "simplewhipclient-gst128-trickle-vp8");
  }

  static Stream<String> viewers() {
    return Stream.of(
        "chromium156-whep-recvonly",
        "chromium156-whep-recvonly-mdns",
        "chromium156-whep-recvonly-datachannel",
        "firefox-esr153-whep-recvonly");
  }

  static String text(String name) {
    try (var in = Offers.class.getResourceAsStream("/offers/" + name + ".sdp")) {
      if (in == null) {
        throw new IllegalArgumentException("no offer " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static SessionDescription offer(String name) {
    return parse(text(name));
  }

  static SessionDescription parse(String text) {
    try {
      return SessionDescription.parse(text);
    } catch (SdpParseException e) {
      throw new AssertionError(e);
    }
  }

  static Negotiation publish(String name) {
    try {
      return PUBLISHERS.answer(offer(name), LOCAL);
    } catch (OfferRefusedException e) {
      throw new AssertionError(name + ": " + e.getMessage(), e);
    }
  }

  static Negotiation view(String name, Negotiation publisher) {
    try {
      return SubscriberAnswerer.answer(offer(name), publisher.tracks(), LOCAL);
    } catch (OfferRefusedException e) {
      throw new AssertionError(name + ": " + e.getMessage(), e);
    }
  }
}
