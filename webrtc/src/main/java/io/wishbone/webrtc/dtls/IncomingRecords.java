package io.wishbone.webrtc.dtls;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Hands records to BouncyCastle one by one, and in an order that it can bear.
///
/// BouncyCastle obeys ChangeCipherSpec at once and is deaf to clear text from then on: a
/// CertificateVerify that was lost, or overtaken by the end of its flight, would never get in, and
/// the handshake would never end. Before the keys are there, it forgets ChangeCipherSpec and what
/// is encrypted. So both are held back until all that goes before them is complete.
final class IncomingRecords {

  /// Finished is one; the others are those that the peer sent again.
  private static final int MAX_HELD = 4;

  private final Deque<byte[]> arrived = new ArrayDeque<>(2);
  private final Deque<byte[]> encrypted = new ArrayDeque<>(1);
  private byte @Nullable [] changeCipherSpec;
  private boolean cipherChanged;

  /// A datagram that the filter admitted.
  void add(byte[] datagram) {
    ByteBuffer buffer = ByteBuffer.wrap(datagram);
    int at = 0;
    while (at < datagram.length) {
      int end = DtlsRecord.end(buffer, at, datagram.length);
      if (end < 0) {
        return;
      }
      arrived.add(Arrays.copyOfRange(datagram, at, end));
      at = end;
    }
  }

  /// The next record, if there is one that may be taken now.
  ///
  /// @param flightComplete whether the peer's messages in clear text have all been processed
  byte @Nullable [] next(boolean flightComplete) {
    if (flightComplete && !cipherChanged && changeCipherSpec != null) {
      cipherChanged = true;
      return changeCipherSpec;
    }
    if (cipherChanged && !encrypted.isEmpty()) {
      return encrypted.remove();
    }
    while (!arrived.isEmpty()) {
      byte[] record = arrived.remove();
      ByteBuffer buffer = ByteBuffer.wrap(record);
      if (DtlsRecord.contentType(buffer, 0) == DtlsRecord.CHANGE_CIPHER_SPEC) {
        if (flightComplete && !cipherChanged) {
          cipherChanged = true;
          return record;
        }
        changeCipherSpec = record;
      } else if (DtlsRecord.epoch(buffer, 0) != 0 && !cipherChanged) {
        hold(record);
      } else {
        return record;
      }
    }
    return null;
  }

  private void hold(byte[] record) {
    if (encrypted.size() == MAX_HELD) {
      encrypted.remove();
    }
    encrypted.add(record);
  }
}
