package io.wishbone.webrtc.dtls;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Decides which datagrams BouncyCastle gets to see. One per association, on one thread.
///
/// BouncyCastle believes what an unauthenticated handshake fragment says about its message: it
/// reserves the declared length at once, up to 16 MiB for each of 16 messages, so that one small
/// datagram takes hundreds of megabytes (CVE-2026-59646). So every record is walked before:
///
/// ```text
/// DTLSPlaintext (RFC 6347 section 4.3.1)       Handshake (section 4.2.2)
///  0  content type                              0  msg_type
///  1  version                                   1  length            (of the whole message)
///  3  epoch                                     4  message_seq
///  5  sequence number (48 bits)                 6  fragment_offset
/// 11  length                                    9  fragment_length
/// 13  fragment                                 12  fragment
/// ```
///
/// A datagram is admitted whole or not at all. What it costs at most is bounded per association,
/// not per datagram: the sum of declared lengths, the number of fragments, the bytes in clear text.
/// Bytes of epoch 1 are authenticated before anything is done with them and are not counted.
///
/// Alerts in clear text are never admitted: anybody who can forge a source address can write one,
/// so they may not end a handshake (RFC 6347 section 4.1.2.7), and after it they mean nothing.
///
/// Allocates nothing, throws nothing.
public final class DtlsFilter {

  /// Above every path MTU we will see; the size of BouncyCastle's receive buffers.
  static final int MAX_DATAGRAM = 2048;

  static final int MAX_MESSAGE = 16 * 1024;

  /// Of all messages of the peer together. A flight with a chain of RSA certificates has 6 KB.
  static final int MAX_DECLARED = 20 * 1024;

  /// message_seq of a peer runs to 7 at most: HelloVerifyRequest to NewSessionTicket, Finished.
  static final int MESSAGE_WINDOW = 12;

  /// Room for ten retransmissions of a long flight in small fragments. BouncyCastle remembers every
  /// gap between fragments.
  static final int MAX_FRAGMENTS = 384;

  static final int MAX_CLEAR_BYTES = 128 * 1024;

  /// The handshake messages of TLS 1.2 that travel in clear text: hello_request 0, client_hello 1,
  /// server_hello 2, hello_verify_request 3, new_session_ticket 4, certificate 11 to
  /// client_key_exchange 16, certificate_url 21, certificate_status 22, supplemental_data 23.
  private static final int CLEAR_MESSAGES = 0b1110_0001_1111_1000_0001_1111;

  private static final int CLIENT_HELLO = 1;

  private static final int UNSEEN = -1;

  private final short[] declared = new short[MESSAGE_WINDOW];
  private int declaredTotal;
  private int fragments;
  private int clearBytes;

  public DtlsFilter() {
    Arrays.fill(declared, (short) UNSEEN);
  }

  /// Whether this datagram may be given to the association.
  public boolean admits(ByteBuffer buffer, int offset, int length) {
    if (offset < 0 || length > MAX_DATAGRAM || length > buffer.limit() - offset) {
      return false;
    }
    int end = offset + length;
    int record = offset;
    do {
      int next = DtlsRecord.end(buffer, record, end);
      if (next < 0 || !admitsRecord(buffer, record, next)) {
        return false;
      }
      record = next;
    } while (record < end);
    return true;
  }

  /// Whether a datagram begins with the beginning of a ClientHello. It may be malformed otherwise.
  public static boolean beginsHandshake(ByteBuffer buffer, int offset, int length) {
    int fragment = offset + DtlsRecord.HEADER_LENGTH;
    return length >= DtlsRecord.HEADER_LENGTH + HandshakeFragment.HEADER_LENGTH
        && DtlsRecord.isClearHandshake(buffer, offset)
        && HandshakeFragment.messageType(buffer, fragment) == CLIENT_HELLO
        && HandshakeFragment.messageSequence(buffer, fragment) == 0
        && HandshakeFragment.offset(buffer, fragment) == 0;
  }

  private boolean admitsRecord(ByteBuffer buffer, int record, int end) {
    int version = DtlsRecord.version(buffer, record);
    int body = record + DtlsRecord.HEADER_LENGTH;
    int epoch = DtlsRecord.epoch(buffer, record);
    if (epoch == 1) {
      return version == DtlsRecord.VERSION_1_2 && isKnown(DtlsRecord.contentType(buffer, record));
    }
    if (epoch != 0 || (version != DtlsRecord.VERSION_1_2 && version != DtlsRecord.VERSION_1_0)) {
      return false;
    }
    clearBytes += end - record;
    if (clearBytes > MAX_CLEAR_BYTES) {
      clearBytes = MAX_CLEAR_BYTES;
      return false;
    }
    return switch (DtlsRecord.contentType(buffer, record)) {
      case DtlsRecord.HANDSHAKE -> admitsHandshake(buffer, body, end);
      case DtlsRecord.CHANGE_CIPHER_SPEC -> end - body == 1;
      default -> false;
    };
  }

  private static boolean isKnown(int contentType) {
    return contentType >= DtlsRecord.CHANGE_CIPHER_SPEC
        && contentType <= DtlsRecord.APPLICATION_DATA;
  }

  private boolean admitsHandshake(ByteBuffer buffer, int body, int end) {
    int fragment = body;
    do {
      int next = HandshakeFragment.end(buffer, fragment, end);
      if (next < 0 || !admitsFragment(buffer, fragment)) {
        return false;
      }
      fragment = next;
    } while (fragment < end);
    return true;
  }

  private boolean admitsFragment(ByteBuffer buffer, int at) {
    int type = HandshakeFragment.messageType(buffer, at);
    int length = HandshakeFragment.messageLength(buffer, at);
    int offset = HandshakeFragment.offset(buffer, at);
    int fragmentLength = HandshakeFragment.length(buffer, at);
    int sequence = HandshakeFragment.messageSequence(buffer, at);
    if (type >= Integer.SIZE
        || (CLEAR_MESSAGES >>> type & 1) == 0
        || length > MAX_MESSAGE
        || offset + fragmentLength > length
        || (fragmentLength == 0 && length > 0)
        || sequence >= MESSAGE_WINDOW
        || fragments >= MAX_FRAGMENTS) {
      return false;
    }
    if (declared[sequence] == UNSEEN) {
      if (declaredTotal + length > MAX_DECLARED) {
        return false;
      }
      declared[sequence] = (short) length;
      declaredTotal += length;
    }
    fragments++;
    return declared[sequence] == length;
  }
}
