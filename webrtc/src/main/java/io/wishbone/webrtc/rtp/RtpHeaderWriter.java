package io.wishbone.webrtc.rtp;

import java.nio.ByteBuffer;

/// Writes an RTP header with the chosen extension elements. Reused: [#start] begins the next
/// header, the `extension` methods add elements, [#write] puts it all into a buffer. Allocates
/// nothing.
///
/// Elements take the one-byte form (0xBEDE) unless one of them does not fit it - an id above 14, no
/// data, or more than 16 bytes of it - and then all take the two-byte form (0x1000): the forms do
/// not mix within a packet (RFC 8285 section 4.1.2).
///
/// The header has neither padding bit nor CSRC list. See [RtpPacket] for the diagram.
public final class RtpHeaderWriter {

  /// More elements than this, or more data than this in total, are refused.
  public static final int MAX_EXTENSIONS = 32;

  public static final int MAX_EXTENSION_DATA = 1024;

  private final int[] ids = new int[MAX_EXTENSIONS];
  private final int[] lengths = new int[MAX_EXTENSIONS];
  private final byte[] data = new byte[MAX_EXTENSION_DATA];
  private int count;
  private int dataLength;
  private boolean twoByte;

  private boolean marker;
  private int payloadType;
  private int sequenceNumber;
  private long timestamp;
  private long ssrc;

  /// Begins a header and forgets the previous one with its extensions.
  public RtpHeaderWriter start(
      boolean marker, int payloadType, int sequenceNumber, long timestamp, long ssrc) {
    this.marker = marker;
    this.payloadType = payloadType;
    this.sequenceNumber = sequenceNumber;
    this.timestamp = timestamp;
    this.ssrc = ssrc;
    count = 0;
    dataLength = 0;
    twoByte = false;
    return this;
  }

  /// Adds an element whose data is copied from a buffer.
  public RtpHeaderWriter extension(int id, ByteBuffer source, int offset, int length) {
    add(id, length);
    source.get(offset, data, dataLength - length, length);
    return this;
  }

  /// Adds an element whose data is all of these bytes, such as a MID.
  public RtpHeaderWriter extension(int id, byte[] bytes) {
    add(id, bytes.length);
    System.arraycopy(bytes, 0, data, dataLength - bytes.length, bytes.length);
    return this;
  }

  /// Adds an element that is a big-endian number of 1 to 8 bytes, such as a transport-wide sequence
  /// number.
  public RtpHeaderWriter extension(int id, long value, int length) {
    if (length < 1 || length > Long.BYTES) {
      throw new IllegalArgumentException("a number of " + length + " bytes");
    }
    add(id, length);
    for (int i = 0; i < length; i++) {
      data[dataLength - 1 - i] = (byte) (value >>> (8 * i));
    }
    return this;
  }

  /// Whether an element with this much data can be added.
  public boolean hasRoom(int length) {
    return count < MAX_EXTENSIONS && length <= MAX_EXTENSION_DATA - dataLength;
  }

  private void add(int id, int length) {
    if (id < 1 || id > 255 || length > 255) {
      throw new IllegalArgumentException(
          "no extension element has id " + id + ", length " + length);
    }
    if (!hasRoom(length)) {
      throw new IllegalStateException("too many extension elements");
    }
    twoByte |= id > 14 || length == 0 || length > 16;
    ids[count] = id;
    lengths[count] = length;
    count++;
    dataLength += length;
  }

  /// Length of the header as it stands: what [#write] will need.
  public int length() {
    if (count == 0) {
      return RtpPacket.FIXED_HEADER_LENGTH;
    }
    return RtpPacket.FIXED_HEADER_LENGTH + 4 + 4 * extensionWords();
  }

  private int extensionWords() {
    return (dataLength + count * (twoByte ? 2 : 1) + 3) / 4;
  }

  /// Writes the header at `offset` and returns its length; there must be room for [#length] bytes.
  public int write(ByteBuffer buffer, int offset) {
    int first = count == 0 ? 0x80 : 0x90;
    buffer.put(offset, (byte) first);
    buffer.put(offset + 1, (byte) ((marker ? 0x80 : 0) | (payloadType & 0x7F)));
    buffer.putShort(offset + RtpPacket.SEQUENCE_NUMBER_POSITION, (short) sequenceNumber);
    buffer.putInt(offset + RtpPacket.TIMESTAMP_POSITION, (int) timestamp);
    buffer.putInt(offset + RtpPacket.SSRC_POSITION, (int) ssrc);
    return count == 0
        ? RtpPacket.FIXED_HEADER_LENGTH
        : writeExtensions(buffer, offset + RtpPacket.FIXED_HEADER_LENGTH) - offset;
  }

  private int writeExtensions(ByteBuffer buffer, int offset) {
    int profile = twoByte ? ExtensionElements.TWO_BYTE_PROFILE : ExtensionElements.ONE_BYTE_PROFILE;
    int words = extensionWords();
    buffer.putShort(offset, (short) profile);
    buffer.putShort(offset + 2, (short) words);
    int at = offset + 4;
    int end = at + 4 * words;
    int taken = 0;
    for (int i = 0; i < count; i++) {
      if (twoByte) {
        buffer.put(at++, (byte) ids[i]);
        buffer.put(at++, (byte) lengths[i]);
      } else {
        buffer.put(at++, (byte) (ids[i] << 4 | (lengths[i] - 1)));
      }
      buffer.put(at, data, taken, lengths[i]);
      at += lengths[i];
      taken += lengths[i];
    }
    while (at < end) {
      buffer.put(at++, (byte) 0);
    }
    return end;
  }
}
