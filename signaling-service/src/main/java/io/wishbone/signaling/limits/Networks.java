package io.wishbone.signaling.limits;

import java.net.InetAddress;
import java.util.List;

/// Addresses and networks, such as `10.0.0.0/8`.
record Networks(List<Network> all) {

  /// @throws IllegalArgumentException when one of them is neither
  static Networks parse(List<String> texts) {
    return new Networks(texts.stream().map(Network::parse).toList());
  }

  boolean contain(InetAddress address) {
    return all.stream().anyMatch(network -> network.contains(address));
  }

  /// @param bits how many of the first address have to match
  record Network(InetAddress first, int bits) {

    static Network parse(String text) {
      int slash = text.indexOf('/');
      InetAddress first = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
      int most = Byte.SIZE * first.getAddress().length;
      int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
      if (bits < 0 || bits > most) {
        throw new IllegalArgumentException("no network: " + text);
      }
      return new Network(first, bits);
    }

    /// Without the zone of a link-local address, which is not looked at.
    @Override
    public String toString() {
      String address = first.getHostAddress();
      int zone = address.indexOf('%');
      return (zone < 0 ? address : address.substring(0, zone)) + "/" + bits;
    }

    boolean contains(InetAddress address) {
      byte[] mine = first.getAddress();
      byte[] theirs = address.getAddress();
      if (mine.length != theirs.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit % Byte.SIZE);
        if (((mine[bit / Byte.SIZE] ^ theirs[bit / Byte.SIZE]) & mask) != 0) {
          return false;
        }
      }
      return true;
    }
  }
}
