package io.wishbone.webrtc.dtls;

import java.io.IOException;
import java.io.InterruptedIOException;
import org.bouncycastle.tls.DatagramTransport;
import org.jspecify.annotations.Nullable;

/// The transport that BouncyCastle sees: datagrams go in by hand, records come out into an
/// [OutgoingFlight].
///
/// When there is nothing to receive, `whenEmpty` decides: it waits during a handshake. Afterwards
/// there is nobody to wait, and the call is left by an exception that BouncyCastle lets through
/// without harm.
final class DatagramPort implements DatagramTransport {

  /// Waits until there is something to receive, or to give up for.
  interface Waiting {
    /// @return whether to look for a datagram; otherwise the wait timed out
    boolean await() throws IOException;

    /// See [IncomingRecords#next].
    boolean isFlightComplete();
  }

  private final OutgoingFlight outgoing;
  private final IncomingRecords incoming = new IncomingRecords();
  private @Nullable Waiting whenEmpty;
  private boolean closed;

  DatagramPort(OutgoingFlight outgoing) {
    this.outgoing = outgoing;
  }

  void waitBy(@Nullable Waiting waiting) {
    whenEmpty = waiting;
  }

  void offer(byte[] datagram) {
    incoming.add(datagram);
  }

  @Override
  public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
    Waiting waiting = whenEmpty;
    byte[] record = incoming.next(waiting == null || waiting.isFlightComplete());
    while (record == null) {
      if (waiting == null) {
        throw new InterruptedIOException("no more records in this step");
      }
      if (!waiting.await()) {
        return -1;
      }
      record = incoming.next(waiting.isFlightComplete());
    }
    if (record.length > length) {
      return -1;
    }
    System.arraycopy(record, 0, buffer, offset, record.length);
    return record.length;
  }

  @Override
  public void send(byte[] buffer, int offset, int length) {
    if (!closed) {
      outgoing.add(buffer, offset, length);
    }
  }

  @Override
  public int getReceiveLimit() {
    return DtlsFilter.MAX_DATAGRAM;
  }

  @Override
  public int getSendLimit() {
    return OutgoingFlight.MTU;
  }

  /// Nothing is sent any more.
  @Override
  public void close() {
    closed = true;
  }
}
