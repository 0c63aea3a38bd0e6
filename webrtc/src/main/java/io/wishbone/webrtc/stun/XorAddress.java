package io.wishbone.webrtc.stun;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// XOR-MAPPED-ADDRESS (RFC 8489 section 14.2): masked with cookie and transaction id, so that no
/// NAT on the way "corrects" it.
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |0 0 0 0 0 0 0 0|    Family     |         X-Port                |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                X-Address (32 or 128 bits)
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
final class XorAddress {

  /// Where in the message the mask begins: the cookie, and the transaction id behind it.
  private static final int MASK_OFFSET = 4;

  private XorAddress() {}

  static @Nullable InetSocketAddress read(
      ByteBuffer buffer, int message, int value, int valueLength) {
    if (valueLength != 8 && valueLength != 20) {
      return null;
    }
    int family = buffer.get(value + 1);
    int addressLength = valueLength - 4;
    if (family != (addressLength == 4 ? StunFormat.FAMILY_IPV4 : StunFormat.FAMILY_IPV6)) {
      return null;
    }
    int port = (buffer.getShort(value + 2) ^ (StunFormat.MAGIC_COOKIE >>> 16)) & 0xFFFF;
    byte[] address = new byte[addressLength];
    buffer.get(value + 4, address);
    mask(buffer, message, address);
    try {
      return new InetSocketAddress(InetAddress.getByAddress(address), port);
    } catch (UnknownHostException e) {
      return null;
    }
  }

  /// Writes the value and returns its length.
  static int write(ByteBuffer buffer, int message, int value, InetSocketAddress mapped) {
    byte[] address = mapped.getAddress().getAddress();
    int family = address.length == 4 ? StunFormat.FAMILY_IPV4 : StunFormat.FAMILY_IPV6;
    buffer.putShort(value, (short) family);
    buffer.putShort(value + 2, (short) (mapped.getPort() ^ (StunFormat.MAGIC_COOKIE >>> 16)));
    mask(buffer, message, address);
    buffer.put(value + 4, address);
    return 4 + address.length;
  }

  private static void mask(ByteBuffer buffer, int message, byte[] address) {
    for (int i = 0; i < address.length; i++) {
      address[i] ^= buffer.get(message + MASK_OFFSET + i);
    }
  }
}
