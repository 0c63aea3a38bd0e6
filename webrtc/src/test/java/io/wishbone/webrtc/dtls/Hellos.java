package io.wishbone.webrtc.dtls;

import java.util.List;

/// The first flights of real clients: a ClientHello without cookie, as captured.
enum Hellos {
  CHROMIUM("dtls-chromium156.pcap", 2),
  FIREFOX("dtls-firefox153.pcap", 2),
  GSTREAMER("dtls-gst122.pcap", 2);

  private final Pcap pcap;
  private final int datagrams;

  Hellos(String resource, int datagrams) {
    this.pcap = Pcap.resource(resource);
    this.datagrams = datagrams;
  }

  List<byte[]> firstFlight() {
    return pcap.fromClient().subList(0, datagrams);
  }

  Pcap pcap() {
    return pcap;
  }
}
