package io.wishbone.webrtc.srtp;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/// Packets, keys and buffers that several tests are made of.
final class Packets {

  static final long SSRC = 0xcafe_babeL;

  private static final int ROOM = 64;

  private Packets() {}

  static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replaceAll("\\s", ""));
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /// Master keys that differ for both directions: 0, 1, 2, ...
  static SrtpKeyingMaterial keys(SrtpProfile profile, boolean isDtlsClient) {
    byte[] exported = new byte[profile.keyingMaterialLength()];
    for (int i = 0; i < exported.length; i++) {
      exported[i] = (byte) i;
    }
    return SrtpKeyingMaterial.split(profile, exported, isDtlsClient);
  }

  static SrtpSession client(SrtpProfile profile) {
    return client(new JceCipherProvider(), profile);
  }

  static SrtpSession server(SrtpProfile profile) {
    return server(new JceCipherProvider(), profile);
  }

  static SrtpSession client(SrtpCipherProvider provider, SrtpProfile profile) {
    return new SrtpSession(keys(profile, true), provider);
  }

  static SrtpSession server(SrtpCipherProvider provider, SrtpProfile profile) {
    return new SrtpSession(keys(profile, false), provider);
  }

  /// An RTP packet without CSRC and extension.
  static byte[] rtp(long ssrc, int sequenceNumber, int payloadLength) {
    ByteBuffer packet = ByteBuffer.allocate(12 + payloadLength);
    packet.put((byte) 0x80).put((byte) 96).putShort((short) sequenceNumber);
    packet.putInt(sequenceNumber * 3000).putInt((int) ssrc);
    for (int i = 0; i < payloadLength; i++) {
      packet.put((byte) (sequenceNumber + i));
    }
    return packet.array();
  }

  /// An RTP packet with two CSRCs and an extension of two words.
  static byte[] rtpWithLongHeader(long ssrc, int sequenceNumber, int payloadLength) {
    byte[] plain = rtp(ssrc, sequenceNumber, payloadLength);
    ByteBuffer packet = ByteBuffer.allocate(plain.length + 8 + 12);
    packet.put(plain, 0, 12).putInt(0x11111111).putInt(0x22222222);
    packet.putInt(0xbede0002).putInt(0x10aabbcc).putInt(0x20ddeeff);
    packet.put(plain, 12, payloadLength);
    return packet.put(0, (byte) 0x92).array();
  }

  /// A receiver report without blocks, and as many bytes behind it.
  static byte[] rtcp(long ssrc, int length) {
    ByteBuffer packet = ByteBuffer.allocate(8 + length);
    packet.put((byte) 0x80).put((byte) 201).putShort((short) 1).putInt((int) ssrc);
    for (int i = 0; i < length; i++) {
      packet.put((byte) i);
    }
    return packet.array();
  }

  /// A buffer with the packet at `offset`, and room behind it.
  static ByteBuffer buffer(boolean isDirect, int offset, byte[] packet) {
    int capacity = offset + packet.length + ROOM;
    ByteBuffer buffer =
        isDirect ? ByteBuffer.allocateDirect(capacity) : ByteBuffer.allocate(capacity);
    return buffer.put(offset, packet);
  }

  static byte[] bytes(ByteBuffer buffer, int offset, int length) {
    byte[] bytes = new byte[length];
    buffer.get(offset, bytes);
    return bytes;
  }

  static byte[] protectRtp(SrtpSession session, byte[] packet, int rolloverCounter) {
    ByteBuffer buffer = buffer(false, 0, packet);
    return bytes(buffer, 0, session.protectRtp(buffer, 0, packet.length, rolloverCounter));
  }

  static byte[] protectRtcp(SrtpSession session, byte[] packet) {
    ByteBuffer buffer = buffer(false, 0, packet);
    return bytes(buffer, 0, session.protectRtcp(buffer, 0, packet.length));
  }

  static int unprotectRtp(SrtpSession session, byte[] packet) {
    return session.unprotectRtp(buffer(false, 0, packet), 0, packet.length);
  }

  static int unprotectRtcp(SrtpSession session, byte[] packet) {
    return session.unprotectRtcp(buffer(false, 0, packet), 0, packet.length);
  }
}
