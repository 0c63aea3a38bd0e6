package io.wishbone.webrtc.stun;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Writes one STUN message after the other. The order of calls is the order of attributes; the last
/// two are [#integrity] and [#fingerprint].
///
/// The caller sees to the room: [#ROOM] bytes for a message, and its USERNAME on top.
public final class StunWriter {

  /// What any message of ICE needs at most, USERNAME not counted.
  public static final int ROOM = 160;

  private final StunFingerprint fingerprint = new StunFingerprint();

  private ByteBuffer buffer = ByteBuffer.allocate(0);
  private int offset;
  private int end;

  public StunWriter begin(ByteBuffer buffer, int offset, StunMessageType type, TransactionId id) {
    this.buffer = buffer;
    this.offset = offset;
    buffer.putShort(offset, (short) type.code());
    buffer.putInt(offset + 4, StunFormat.MAGIC_COOKIE);
    buffer.putInt(offset + 8, id.high());
    buffer.putLong(offset + 12, id.low());
    end = offset + StunFormat.HEADER_LENGTH;
    return this;
  }

  public StunWriter username(byte[] username) {
    int value = value(StunFormat.USERNAME, username.length);
    buffer.put(value, username);
    return this;
  }

  public StunWriter priority(long priority) {
    buffer.putInt(value(StunFormat.PRIORITY, 4), (int) priority);
    return this;
  }

  public StunWriter useCandidate() {
    value(StunFormat.USE_CANDIDATE, 0);
    return this;
  }

  public StunWriter controlling(long tieBreaker) {
    buffer.putLong(value(StunFormat.ICE_CONTROLLING, 8), tieBreaker);
    return this;
  }

  public StunWriter controlled(long tieBreaker) {
    buffer.putLong(value(StunFormat.ICE_CONTROLLED, 8), tieBreaker);
    return this;
  }

  public StunWriter mappedAddress(InetSocketAddress mapped) {
    int header = end;
    int length = XorAddress.write(buffer, offset, header + 4, mapped);
    value(StunFormat.XOR_MAPPED_ADDRESS, length);
    return this;
  }

  /// Appends ERROR-CODE; the reason is a short ASCII phrase.
  public StunWriter errorCode(int code, String reason) {
    byte[] phrase = reason.getBytes(StandardCharsets.US_ASCII);
    int value = value(StunFormat.ERROR_CODE, 4 + phrase.length);
    buffer.putInt(value, (code / 100) << 8 | code % 100);
    buffer.put(value + 4, phrase);
    return this;
  }

  public StunWriter unknownAttributes(UnknownAttributes unknown) {
    int value = value(StunFormat.UNKNOWN_ATTRIBUTES, 2 * unknown.size());
    for (int i = 0; i < unknown.size(); i++) {
      buffer.putShort(value + 2 * i, (short) unknown.type(i));
    }
    return this;
  }

  public StunWriter integrity(StunKey key) {
    key.sign(buffer, offset, value(StunFormat.MESSAGE_INTEGRITY, StunFormat.INTEGRITY_LENGTH));
    return this;
  }

  public StunWriter fingerprint() {
    int covered = end - offset;
    int value = value(StunFormat.FINGERPRINT, StunFormat.FINGERPRINT_LENGTH);
    buffer.putInt(value, fingerprint.of(buffer, offset, covered));
    return this;
  }

  /// Where the message begins.
  public int offset() {
    return offset;
  }

  /// The length of the message so far.
  public int length() {
    return end - offset;
  }

  /// Appends an attribute header and zeroed padding, corrects the message length, and returns where
  /// the value goes.
  private int value(int attribute, int length) {
    int value = end + StunFormat.ATTRIBUTE_HEADER_LENGTH;
    buffer.putShort(end, (short) attribute);
    buffer.putShort(end + 2, (short) length);
    end = value + StunFormat.padded(length);
    for (int i = value + length; i < end; i++) {
      buffer.put(i, (byte) 0);
    }
    buffer.putShort(offset + 2, (short) (end - offset - StunFormat.HEADER_LENGTH));
    return value;
  }
}
