package io.wishbone.webrtc.sim;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Watches what a socket sends under SRTP: no number of a stream is used for two different packets.
/// With AES-GCM, whoever saw both could find out the key with which packets are authenticated (RFC
/// 7714 section 9.1). The same bytes once more do no harm.
final class SentNumbers {
  private static final int WINDOW = 4096;
  private static final int FIXED_HEADER = 12;

  private record Stream(InetSocketAddress destination, int ssrc) {}

  /// Of the latest numbers, what was sent under them.
  private static final class Row {
    private final int[] hashes = new int[WINDOW];
    private final long[] indexes = new long[WINDOW];
    private long highest = -1;

    private Row() {
      Arrays.fill(indexes, -1);
    }

    private boolean isUnused(int sequenceNumber, int hash) {
      if (highest < 0) {
        highest = (1 << 16) + sequenceNumber;
      }
      long index = highest + (short) (sequenceNumber - (int) highest);
      highest = Math.max(highest, index);
      int at = (int) index & (WINDOW - 1);
      if (indexes[at] == index) {
        return hashes[at] == hash;
      }
      if (indexes[at] < index) {
        indexes[at] = index;
        hashes[at] = hash;
      }
      return true;
    }
  }

  private final Map<Stream, Row> rows = new HashMap<>();

  void onDatagram(byte[] datagram, InetSocketAddress destination) {
    if (!isRtp(datagram)) {
      return;
    }
    int ssrc = bytes(datagram, 8, 4);
    int sequenceNumber = bytes(datagram, 2, 2);
    Row row = rows.computeIfAbsent(new Stream(destination, ssrc), _ -> new Row());
    if (!row.isUnused(sequenceNumber, Arrays.hashCode(datagram))) {
      throw new AssertionError(
          "two different packets under number %d of SSRC %08x to %s"
              .formatted(sequenceNumber, ssrc, destination));
    }
  }

  /// RFC 7983 section 7, and RFC 5761 section 4.
  private static boolean isRtp(byte[] datagram) {
    int type = datagram.length < FIXED_HEADER ? 0 : datagram[1] & 0x7F;
    return datagram.length >= FIXED_HEADER
        && (datagram[0] & 0xC0) == 0x80
        && (type < 64 || type > 95);
  }

  private static int bytes(byte[] datagram, int offset, int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
      value = value << 8 | datagram[offset + i] & 0xFF;
    }
    return value;
  }
}
