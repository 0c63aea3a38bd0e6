package io.wishbone.webrtc.dtls;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// The records that BouncyCastle sends during one step, packed into as few datagrams as they fit.
///
/// It also drops a flight that is sent again without need. BouncyCastle measures its retransmission
/// interval with the wall clock, which we make meaningless (see [SteppedHandshake]); it then
/// repeats its flight whenever a record comes in that is not for it. Whether a repetition is wanted
/// is known by the step: it is when our timer ran out, or when the peer repeats itself.
final class OutgoingFlight {

  /// Below every path MTU that matters, as browsers have it for media.
  static final int MTU = 1200;

  private final FlightProgress progress = new FlightProgress();
  private final List<byte[]> datagrams = new ArrayList<>(2);
  private final ByteArrayOutputStream datagram = new ByteArrayOutputStream(0);
  private boolean repeatsAllowed;
  private boolean repeating;
  private boolean changedCipher;
  private boolean sentNew;
  private boolean sentAgain;

  /// Starts a step.
  void begin(boolean repeatsAllowed) {
    this.repeatsAllowed = repeatsAllowed;
    repeating = false;
    sentNew = false;
    sentAgain = false;
  }

  void add(byte[] bytes, int offset, int length) {
    ByteBuffer record = ByteBuffer.wrap(bytes, offset, length);
    classify(record, offset);
    if (repeating && !repeatsAllowed) {
      return;
    }
    if (datagram.size() + length > MTU) {
      flush();
    }
    datagram.write(bytes, offset, length);
  }

  /// What is encrypted goes with what went before it: Finished follows ChangeCipherSpec.
  private void classify(ByteBuffer record, int offset) {
    if (DtlsRecord.epoch(record, offset) != 0) {
      return;
    }
    switch (DtlsRecord.contentType(record, offset)) {
      case DtlsRecord.HANDSHAKE ->
          repeating = !progress.advances(record, offset + DtlsRecord.HEADER_LENGTH);
      case DtlsRecord.CHANGE_CIPHER_SPEC -> {
        repeating = changedCipher;
        changedCipher = true;
      }
      default -> repeating = false;
    }
    sentNew |= !repeating;
    sentAgain |= repeating;
  }

  /// Whether something of the handshake was sent in this step for the first time.
  boolean sentNew() {
    return sentNew;
  }

  /// Whether a flight was sent again in this step, or would have been.
  boolean sentAgain() {
    return sentAgain;
  }

  /// Ends a step.
  List<byte[]> drain() {
    flush();
    if (datagrams.isEmpty()) {
      return List.of();
    }
    List<byte[]> drained = List.copyOf(datagrams);
    datagrams.clear();
    return drained;
  }

  private void flush() {
    if (datagram.size() > 0) {
      datagrams.add(datagram.toByteArray());
      datagram.reset();
    }
  }
}
