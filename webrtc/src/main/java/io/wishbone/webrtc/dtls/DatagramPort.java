package io.wishbone.webrtc.dtls;

import java.io.IOException;
import java.io.InterruptedIOException;
import org.bouncycastle.tls.DatagramTransport;
import org.jspecify.annotations.Nullable;

/// The transport that BouncyCastle sees: one datagram goes in by hand, records come out into an
/// [OutgoingFlight].
///
/// When the datagram is taken and BouncyCastle asks for another one, `whenEmpty` decides: it waits
/// during a handshake. Afterwards there is nobody to wait, and the call is left by an exception
/// that BouncyCastle lets through without harm.
final class DatagramPort implements DatagramTransport {

  /// Waits until there is something to receive, or to give up for.
  interface Waiting {
    /// @return whether to look for a datagram; otherwise the wait timed out
    boolean await(int millis) throws IOException;
  }

  private final OutgoingFlight outgoing;
  private @Nullable Waiting whenEmpty;
  private byte @Nullable [] incoming;
  private boolean closed;

  DatagramPort(OutgoingFlight outgoing) {
    this.outgoing = outgoing;
  }

  void waitBy(@Nullable Waiting waiting) {
    whenEmpty = waiting;
  }

  void offer(byte[] datagram) {
    incoming = datagram;
  }

  @Override
  public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
    if (incoming == null) {
      if (whenEmpty == null) {
        throw new InterruptedIOException("no more datagrams in this step");
      }
      if (!whenEmpty.await(waitMillis)) {
        return -1;
      }
    }
    byte[] datagram = incoming;
    incoming = null;
    if (datagram == null || datagram.length > length) {
      return -1;
    }
    System.arraycopy(datagram, 0, buffer, offset, datagram.length);
    return datagram.length;
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
