package io.wishbone.webrtc.rtp;

import java.nio.ByteBuffer;

/// A view of one RTP packet in a buffer. Reused: [#wrap] points it at the next packet, nothing is
/// copied and nothing is allocated.
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |V=2|P|X|  CC   |M|     PT      |       sequence number         |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                           timestamp                           |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |           synchronization source (SSRC) identifier            |
/// +=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+
/// |            contributing source (CSRC) identifiers             |  CC words
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |      defined by profile       |           length              |  when X
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                   header extension elements                   |  length words
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                        payload, padding                       |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
///
/// The "profile" 0xBEDE means elements with a one-byte header, 0x1000 to 0x100F such with a
/// two-byte header (RFC 8285 sections 4.2 and 4.3); elements of any other profile are not looked
/// at.
///
/// Every offset that it returns is an absolute position in the buffer.
public final class RtpPacket {

  /// Length of the header without CSRC list and extension.
  public static final int FIXED_HEADER_LENGTH = 12;

  /// Where the fields lie, counted from the start of the packet; for those who patch in place.
  public static final int SEQUENCE_NUMBER_POSITION = 2;

  public static final int TIMESTAMP_POSITION = 4;
  public static final int SSRC_POSITION = 8;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(FIXED_HEADER_LENGTH);

  private ByteBuffer buffer = NOTHING;
  private int offset;
  private int length = FIXED_HEADER_LENGTH;
  private int headerLength = FIXED_HEADER_LENGTH;
  private int paddingLength;
  private final ExtensionElements extensions = new ExtensionElements();

  /// Looks at the packet in these bytes. False means malformed: version, CSRC list, header
  /// extension or padding contradict the length. The view must not be asked anything then.
  public boolean wrap(ByteBuffer buffer, int offset, int length) {
    if (length < FIXED_HEADER_LENGTH || offset < 0 || offset > buffer.limit() - length) {
      return false;
    }
    int first = buffer.get(offset);
    if ((first & 0xC0) != 0x80) {
      return false;
    }
    int header = FIXED_HEADER_LENGTH + 4 * (first & 0x0F);
    boolean extended = (first & 0x10) != 0;
    int extensionProfile = 0;
    int extensionStart = 0;
    int extensionEnd = 0;
    if (extended) {
      if (length < header + 4) {
        return false;
      }
      extensionProfile = Short.toUnsignedInt(buffer.getShort(offset + header));
      extensionStart = offset + header + 4;
      header += 4 + 4 * Short.toUnsignedInt(buffer.getShort(offset + header + 2));
      extensionEnd = offset + header;
    }
    if (length < header) {
      return false;
    }
    int padding = 0;
    if ((first & 0x20) != 0) {
      padding = Byte.toUnsignedInt(buffer.get(offset + length - 1));
      if (padding == 0 || padding > length - header) {
        return false;
      }
    }
    if (!extensions.wrap(buffer, extensionProfile, extensionStart, extensionEnd)) {
      return false;
    }
    this.buffer = buffer;
    this.offset = offset;
    this.length = length;
    this.headerLength = header;
    this.paddingLength = padding;
    return true;
  }

  public ByteBuffer buffer() {
    return buffer;
  }

  /// Where the packet starts.
  public int offset() {
    return offset;
  }

  /// Length of the whole packet: header, payload and padding.
  public int length() {
    return length;
  }

  public boolean marker() {
    return buffer.get(offset + 1) < 0;
  }

  public int payloadType() {
    return buffer.get(offset + 1) & 0x7F;
  }

  public int sequenceNumber() {
    return Short.toUnsignedInt(buffer.getShort(offset + SEQUENCE_NUMBER_POSITION));
  }

  public long timestamp() {
    return Integer.toUnsignedLong(buffer.getInt(offset + TIMESTAMP_POSITION));
  }

  public long ssrc() {
    return Integer.toUnsignedLong(buffer.getInt(offset + SSRC_POSITION));
  }

  public int csrcCount() {
    return buffer.get(offset) & 0x0F;
  }

  /// Length of the header with CSRC list and extension.
  public int headerLength() {
    return headerLength;
  }

  /// Where the payload starts.
  public int payloadOffset() {
    return offset + headerLength;
  }

  /// Length of the payload without padding; 0 for a packet that only probes or fills.
  public int payloadLength() {
    return length - headerLength - paddingLength;
  }

  public int paddingLength() {
    return paddingLength;
  }

  /// Where the data of the extension element with this id starts, or -1 when the packet has none.
  /// Of several elements with one id, the first counts.
  public int extensionOffset(int id) {
    return extensions.find(buffer, id);
  }

  /// Length of the data of the extension element with this id, or -1 when the packet has none.
  public int extensionLength(int id) {
    int data = extensions.find(buffer, id);
    return data < 0 ? -1 : extensions.lengthOf(buffer, data);
  }
}
