package io.wishbone.signaling.limits;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where a request comes from.
///
/// A proxy appends to `X-Forwarded-For` whom it got the request from; what stood there before may
/// be made up. So the list is read from its end, as long as trusted proxies wrote it.
///
/// @param direct whether nobody stands between that is trusted to say who it is
record ClientAddress(InetAddress address, boolean direct) {

  private static final Pattern ENTRY =
      Pattern.compile(
          "(?:([0-9.]{7,15})(?::[0-9]{1,5})?|\\[?([0-9A-Fa-f:.]{2,45})(?:](?::[0-9]{1,5})?)?)");

  private static final int MOST_ENTRIES = 32;

  /// @param peer the other end of the connection
  /// @param forwardedFor the header's lines
  static ClientAddress of(InetAddress peer, List<String> forwardedFor, Networks trusted) {
    InetAddress client = peer;
    if (trusted.contain(peer)) {
      // All of them, for the client may have written as many as it liked before ours.
      String[] entries = String.join(",", forwardedFor).split(",", -1);
      int first = Math.max(0, entries.length - MOST_ENTRIES);
      for (int i = entries.length - 1; i >= first; i--) {
        InetAddress before = parse(entries[i].strip());
        if (before == null) {
          break;
        }
        client = before;
        if (!trusted.contain(before)) {
          break;
        }
      }
    }
    return new ClientAddress(client, forwardedFor.isEmpty() || !trusted.contain(peer));
  }

  /// Whether it is this machine: its operator, or a proxy that nobody told us to trust. Never for
  /// what came through a trusted proxy, readable or not.
  boolean isThisMachine() {
    return direct && address.isLoopbackAddress();
  }

  /// What is counted: an IPv4 address, or the network of 64 bits that an IPv6 address is in, for
  /// whoever has one of these has all.
  long key() {
    byte[] bytes = address.getAddress();
    return bytes.length == Integer.BYTES
        ? Integer.toUnsignedLong(ByteBuffer.wrap(bytes).getInt())
        : ByteBuffer.wrap(bytes).getLong();
  }

  private static @Nullable InetAddress parse(String entry) {
    Matcher matcher = ENTRY.matcher(entry);
    if (!matcher.matches()) {
      return null;
    }
    try {
      return InetAddress.ofLiteral(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
    } catch (IllegalArgumentException _) {
      return null;
    }
  }
}
