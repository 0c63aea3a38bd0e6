package io.wishbone.webrtc.dtls;

import java.nio.ByteBuffer;

/// Recognises that the peer sends a flight again, because it misses our answer.
///
/// A datagram that the network doubled or delayed is no such sign: it carries record sequence
/// numbers that were seen before, or older ones.
final class PeerFlights {

  private final FlightProgress progress = new FlightProgress();
  private long newestRecord = -1;

  /// Whether this datagram, which the filter admitted, holds something that was sent before.
  boolean isRepeated(byte[] datagram) {
    ByteBuffer buffer = ByteBuffer.wrap(datagram);
    boolean repeated = false;
    int record = 0;
    while (record < datagram.length) {
      int end = DtlsRecord.end(buffer, record, datagram.length);
      if (end < 0) {
        return repeated;
      }
      if (DtlsRecord.isClearHandshake(buffer, record)) {
        long sequence = DtlsRecord.sequenceNumber(buffer, record);
        boolean advances = progress.advances(buffer, record + DtlsRecord.HEADER_LENGTH);
        repeated |= !advances && sequence > newestRecord;
        newestRecord = Math.max(newestRecord, sequence);
      }
      record = end;
    }
    return repeated;
  }
}
