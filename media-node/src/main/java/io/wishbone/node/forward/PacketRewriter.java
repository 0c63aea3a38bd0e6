package io.wishbone.node.forward;

import io.wishbone.webrtc.payload.RedFormat;
import io.wishbone.webrtc.payload.Vp8Descriptor;
import io.wishbone.webrtc.rtp.RtpHeaderWriter;
import io.wishbone.webrtc.rtp.RtpPacket;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Writes a source packet as one viewer gets it: header with the viewer's numbers and extensions,
/// payload as it is. CSRC list and padding are left behind; a packet of padding only goes out
/// empty, so that the viewer sees no gap where the source had none, and so does a packet whose
/// number was given before it was known to lie above the viewer's layers.
///
/// To a viewer that gets a part of the layers, the last packet of a picture's highest one has the
/// marker bit, and the dependency descriptor says which decode targets are left.
public final class PacketRewriter {
  /// A rewritten packet is at most this much longer than its source: a MID, the two-byte form of
  /// the extension header, and the number in front of the payload of a retransmission.
  public static final int MAX_GROWTH = 128;

  private static final int PLAYOUT_DELAY_UNIT_MILLIS = 10;

  /// Ten seconds, which is as good as no limit.
  private static final int MAX_PLAYOUT_DELAY = 1_000;

  private final EgressFormat format;
  private final byte[] mid;
  private final @Nullable RedFormat redundancy;
  private final RtpHeaderWriter header;
  private int playoutDelayExtensionId;
  private int playoutDelay;

  /// @param header scratch space, shared by everybody on the thread
  public PacketRewriter(EgressFormat format, RtpHeaderWriter header) {
    this.format = format;
    this.mid = format.midBytes();
    this.redundancy = format.redundancy();
    this.header = header;
  }

  public EgressFormat format() {
    return format;
  }

  /// See [io.wishbone.node.stream.RtpSink#prefetch].
  public int prefetch() {
    return format.payloadType() + mid.length;
  }

  /// Packets tell the viewer to hold frames back for so long at least. Nothing is said until that
  /// is more than nothing for the first time; from then on it stays said, since viewers remember.
  ///
  /// @param extensionId 0 where the viewer does not understand that
  public void delayPlayout(int extensionId, int millis) {
    if (extensionId != 0 && (millis > 0 || playoutDelayExtensionId != 0)) {
      playoutDelayExtensionId = extensionId;
      playoutDelay = millis / PLAYOUT_DELAY_UNIT_MILLIS << 12 | MAX_PLAYOUT_DELAY;
    }
  }

  /// How long the payload is that the viewer gets: copies of what was sent before are only for who
  /// takes them (RFC 2198).
  public int payloadLength(SourcePacket packet) {
    int length = packet.rtp().payloadLength();
    return redundancy == null ? length - packet.primary() : length;
  }

  private int payloadType(SourcePacket packet) {
    return redundancy != null && packet.primary() > 0
        ? redundancy.payloadType()
        : format.payloadType();
  }

  /// Writes the packet at `offset`, where there is room for its length plus [#MAX_GROWTH], and
  /// returns the new length.
  ///
  /// @param transportNumber its transport-wide sequence number, of no account unless the viewer
  ///   reports on them
  public int write(
      SourcePacket packet,
      EgressNumbering numbering,
      ExtensionMapping extensions,
      int transportNumber,
      ByteBuffer to,
      int offset) {
    RtpPacket source = packet.rtp();
    int target = numbering.target();
    boolean empty = packet.layers().isFiller(target);
    header.start(
        numbering.endsPicture(packet),
        payloadType(packet),
        (int) numbering.index(packet) & 0xFFFF,
        numbering.timestamp(packet),
        format.ssrc());
    if (format.midExtensionId() != 0) {
      header.extension(format.midExtensionId(), mid);
    }
    if (format.transportCcExtensionId() != 0) {
      header.extension(format.transportCcExtensionId(), transportNumber, 2);
    }
    if (empty) {
      return header.write(to, offset);
    }
    if (playoutDelayExtensionId != 0) {
      header.extension(playoutDelayExtensionId, playoutDelay, 3);
    }
    extensions.copy(packet, header, format.twoByteExtensions(), target, playoutDelayExtensionId);
    int headerLength = header.write(to, offset);
    int payloadLength = payloadLength(packet);
    int payloadOffset = source.payloadOffset() + source.payloadLength() - payloadLength;
    to.put(offset + headerLength, source.buffer(), payloadOffset, payloadLength);
    if (redundancy != null && packet.primary() > 0) {
      redundancy.rename(to, offset + headerLength);
    }
    Vp8Descriptor vp8 = packet.vp8();
    if (vp8 != null) {
      int payload = offset + headerLength;
      vp8.putPictureId(to, payload, numbering.pictureId(packet, vp8.pictureId()));
      vp8.putTl0PicIdx(to, payload, numbering.temporalZero(vp8.tl0PicIdx()));
    }
    return headerLength + payloadLength;
  }

  /// Writes the header of a packet that carries nothing, such as one that only probes, and returns
  /// its length. Like all others it names its section and has a transport-wide number.
  public int writeEmpty(
      long ssrc,
      int payloadType,
      int sequenceNumber,
      int transportNumber,
      ByteBuffer target,
      int offset) {
    header.start(false, payloadType, sequenceNumber, 0, ssrc);
    if (format.midExtensionId() != 0) {
      header.extension(format.midExtensionId(), mid);
    }
    if (format.transportCcExtensionId() != 0) {
      header.extension(format.transportCcExtensionId(), transportNumber, 2);
    }
    return header.write(target, offset);
  }

  /// The roll-over counter of the packet that [#write] writes for this source packet.
  public static int rolloverCounter(SourcePacket packet, EgressNumbering numbering) {
    return (int) (numbering.index(packet) >>> 16);
  }
}
