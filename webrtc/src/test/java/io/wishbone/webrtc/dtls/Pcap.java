package io.wishbone.webrtc.dtls;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// The UDP datagrams of a little-endian pcap file with Ethernet frames and IPv4.
record Pcap(List<Datagram> datagrams) {

  record Datagram(InetSocketAddress from, InetSocketAddress to, byte[] payload) {}

  private static final int FILE_HEADER = 24;
  private static final int PACKET_HEADER = 16;
  private static final int ETHERNET_HEADER = 14;
  private static final int UDP_HEADER = 8;

  static Pcap resource(String name) {
    try (InputStream in = Pcap.class.getResourceAsStream("/dtls/" + name)) {
      return parse(ByteBuffer.wrap(in.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Of a capture that starts with a client's hello.
  List<byte[]> fromClient() {
    InetSocketAddress client = datagrams.getFirst().from();
    return datagrams.stream().filter(d -> d.from().equals(client)).map(Datagram::payload).toList();
  }

  private static Pcap parse(ByteBuffer file) throws UnknownHostException {
    List<Datagram> datagrams = new ArrayList<>();
    int at = FILE_HEADER;
    while (at < file.limit()) {
      int captured = file.order(ByteOrder.LITTLE_ENDIAN).getInt(at + 8);
      file.order(ByteOrder.BIG_ENDIAN);
      datagrams.add(datagram(file, at + PACKET_HEADER + ETHERNET_HEADER));
      at += PACKET_HEADER + captured;
    }
    return new Pcap(List.copyOf(datagrams));
  }

  private static Datagram datagram(ByteBuffer file, int ip) throws UnknownHostException {
    int udp = ip + (file.get(ip) & 0xf) * 4;
    byte[] payload = new byte[(file.getShort(udp + 4) & 0xffff) - UDP_HEADER];
    file.get(udp + UDP_HEADER, payload);
    return new Datagram(
        address(file, ip + 12, file.getShort(udp)),
        address(file, ip + 16, file.getShort(udp + 2)),
        payload);
  }

  private static InetSocketAddress address(ByteBuffer file, int at, short port)
      throws UnknownHostException {
    byte[] address = new byte[4];
    file.get(at, address);
    return new InetSocketAddress(Inet4Address.getByAddress(address), port & 0xffff);
  }
}
