package io.wishbone.webrtc.rtcp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who is behind the SSRCs (RFC 3550 section 6.5). The CNAME ties the tracks of one sender
/// together.
///
/// ```
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |V=2|P|    SC   |  PT=SDES=202  |             length            |
/// +=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+
/// |                          SSRC/CSRC_1                          |  chunk 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |   item type   |    length     | text ...     0, to 32 bits    |
/// +=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+
/// |                          SSRC/CSRC_2                          |  chunk 2
/// ```
public record SourceDescription(List<Chunk> chunks) implements RtcpPacket {

  public static final int CNAME = 1;

  static final int PACKET_TYPE = 202;
  private static final int MAX_CHUNKS = 31;
  private static final int MAX_ITEMS = 64;

  /// What is said about one source.
  public record Chunk(long ssrc, List<Item> items) {
    public Chunk {
      items = List.copyOf(items);
    }

    private int wireLength() {
      int length = 4;
      for (Item item : items) {
        length += 2 + RtcpText.encode(item.text()).length;
      }
      return RtcpWire.padded(length + 1);
    }
  }

  /// One thing that is said. Of a text beyond 255 bytes of UTF-8, only the start is sent.
  public record Item(int type, String text) {}

  public SourceDescription {
    if (chunks.size() > MAX_CHUNKS) {
      throw new IllegalArgumentException(chunks.size() + " chunks, a packet takes 31");
    }
    chunks = List.copyOf(chunks);
  }

  /// The common case: one source and its canonical name.
  public static SourceDescription ofCanonicalName(long ssrc, String name) {
    return new SourceDescription(List.of(new Chunk(ssrc, List.of(new Item(CNAME, name)))));
  }

  static @Nullable SourceDescription read(ByteBuffer buffer, int offset, int length, int count) {
    List<Chunk> chunks = new ArrayList<>(count);
    int end = offset + length;
    int at = offset + RtcpWire.HEADER_LENGTH;
    for (int i = 0; i < count; i++) {
      if (at + 4 > end) {
        return null;
      }
      int start = at;
      at += 4;
      List<Item> items = new ArrayList<>(1);
      while (at < end && buffer.get(at) != 0) {
        if (at + 2 > end || at + 2 + RtcpWire.uint8(buffer, at + 1) > end) {
          return null;
        }
        int textLength = RtcpWire.uint8(buffer, at + 1);
        if (items.size() < MAX_ITEMS) {
          String text = RtcpText.read(buffer, at + 2, textLength);
          items.add(new Item(RtcpWire.uint8(buffer, at), text));
        }
        at += 2 + textLength;
      }
      if (at >= end) {
        return null; // the list must end with a zero
      }
      at = start + RtcpWire.padded(at + 1 - start);
      chunks.add(new Chunk(RtcpWire.uint32(buffer, start), items));
    }
    return new SourceDescription(chunks);
  }

  int wireLength() {
    int length = RtcpWire.HEADER_LENGTH;
    for (Chunk chunk : chunks) {
      length += chunk.wireLength();
    }
    return length;
  }

  void write(ByteBuffer buffer, int offset) {
    RtcpWire.header(buffer, offset, chunks.size(), PACKET_TYPE, wireLength());
    int at = offset + RtcpWire.HEADER_LENGTH;
    for (Chunk chunk : chunks) {
      int end = at + chunk.wireLength();
      buffer.putInt(at, (int) chunk.ssrc());
      at += 4;
      for (Item item : chunk.items()) {
        byte[] text = RtcpText.encode(item.text());
        buffer.put(at, (byte) item.type());
        buffer.put(at + 1, (byte) text.length);
        buffer.put(at + 2, text);
        at += 2 + text.length;
      }
      while (at < end) {
        buffer.put(at++, (byte) 0);
      }
    }
  }
}
