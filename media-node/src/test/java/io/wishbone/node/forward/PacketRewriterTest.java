package io.wishbone.node.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.payload.Vp8Descriptor;
import io.wishbone.webrtc.rtp.RtpHeaderWriter;
import io.wishbone.webrtc.rtp.RtpPacket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class PacketRewriterTest {
  private static final EgressFormat FORMAT =
      new EgressFormat(0xDEADBEEFL, 120, 3, "v1", 0, true, null);
  private static final ExtensionMapping EXTENSIONS =
      new ExtensionMapping(new int[] {13, 12, 9}, new int[] {5, 6, 7});

  private static SourcePacket packet(
      long index, long timestamp, byte[] payload, int paddingLength, byte[] orientation) {
    ByteBuffer buffer = ByteBuffer.allocate(payload.length + paddingLength + 200);
    var header = new RtpHeaderWriter();
    header.start(true, 96, (int) index & 0xFFFF, timestamp, 4711);
    header.extension(13, orientation);
    header.extension(2, 0x1234, 2);
    int offset = 11;
    int length = header.write(buffer, offset);
    buffer.put(offset + length, payload);
    length += payload.length;
    if (paddingLength > 0) {
      buffer.put(offset, (byte) (buffer.get(offset) | 0x20));
      length += paddingLength;
      buffer.put(offset + length - 1, (byte) paddingLength);
    }
    var packet = new SourcePacket();
    assertThat(packet.wrap(buffer, offset, length, index, 0)).isTrue();
    packet.classify(0, Codec.VP8);
    return packet;
  }

  @Example
  void tellsTheViewerToHoldFramesBackOnceItHasTo() {
    var header = new RtpHeaderWriter();
    header.start(true, 96, 1, 1, 4711).extension(9, 0x123456, 3);
    ByteBuffer buffer = ByteBuffer.allocate(200);
    int length = header.write(buffer, 0);
    var source = new SourcePacket();
    assertThat(source.wrap(buffer, 0, length, 1, 0)).isTrue();
    var rewriter = new PacketRewriter(FORMAT, new RtpHeaderWriter());

    rewriter.delayPlayout(7, 0);
    assertThat(playoutDelay(rewriter, source)).as("the source's own").isEqualTo(0x123456);
    rewriter.delayPlayout(7, 250);
    assertThat(playoutDelay(rewriter, source)).as("250 ms to 10 s").isEqualTo(25 << 12 | 1_000);
    rewriter.delayPlayout(7, 0);
    assertThat(playoutDelay(rewriter, source)).as("said until it is heard").isEqualTo(1_000);
    rewriter.delayPlayout(0, 400);
    assertThat(playoutDelay(rewriter, source)).as("not understood").isEqualTo(1_000);
  }

  private static int playoutDelay(PacketRewriter rewriter, SourcePacket source) {
    ByteBuffer target = ByteBuffer.allocate(400);
    int length =
        rewriter.write(
            source,
            EgressNumbering.beginning(source, LayerTarget.WHOLE, 5, 5),
            EXTENSIONS,
            0,
            target,
            0);
    var written = new RtpPacket();
    assertThat(written.wrap(target, 0, length)).isTrue();
    int at = written.extensionOffset(7);
    assertThat(written.extensionLength(7)).isEqualTo(3);
    return (target.get(at) & 0xFF) << 16 | target.getShort(at + 1) & 0xFFFF;
  }

  private static ByteBuffer write(SourcePacket packet, EgressNumbering numbering) {
    ByteBuffer target = ByteBuffer.allocate(4096);
    var rewriter = new PacketRewriter(FORMAT, new RtpHeaderWriter());
    int length = rewriter.write(packet, numbering, EXTENSIONS, 0, target, 7);
    assertThat(length).isLessThanOrEqualTo(packet.rtp().length() + PacketRewriter.MAX_GROWTH);
    return target.slice(7, length);
  }

  @Property(tries = 500)
  void changesWhatIsTheViewersAndNothingElse(
      @ForAll @LongRange(min = 0, max = 1L << 40) long index,
      @ForAll @LongRange(min = 0, max = 0xFFFFFFFFL) long timestamp,
      @ForAll @LongRange(min = 0, max = 1L << 20) long egressStart,
      @ForAll @LongRange(min = 0, max = 0xFFFFFFFFL) long egressTimestamp,
      @ForAll @Size(max = 300) byte[] payload,
      @ForAll @IntRange(min = 0, max = 40) int padding,
      @ForAll @Size(min = 1, max = 30) byte[] orientation) {
    SourcePacket source = packet(index, timestamp, payload, padding, orientation);
    EgressNumbering numbering =
        EgressNumbering.beginning(source, LayerTarget.WHOLE, egressStart, egressTimestamp);

    ByteBuffer written = write(source, numbering);

    var rewritten = new RtpPacket();
    assertThat(rewritten.wrap(written, 0, written.capacity())).isTrue();
    assertThat(rewritten.ssrc()).isEqualTo(0xDEADBEEFL);
    assertThat(rewritten.payloadType()).isEqualTo(120);
    assertThat(rewritten.marker()).isTrue();
    assertThat(rewritten.timestamp()).isEqualTo(egressTimestamp);
    assertThat(
            ((long) PacketRewriter.rolloverCounter(source, numbering) << 16)
                | rewritten.sequenceNumber())
        .isEqualTo(egressStart);
    assertThat(rewritten.paddingLength()).isZero();
    assertThat(bytes(written, rewritten.payloadOffset(), rewritten.payloadLength()))
        .isEqualTo(payload);
    assertThat(bytes(written, rewritten.extensionOffset(3), rewritten.extensionLength(3)))
        .isEqualTo("v1".getBytes(StandardCharsets.UTF_8));
    assertThat(bytes(written, rewritten.extensionOffset(5), rewritten.extensionLength(5)))
        .isEqualTo(orientation);
    assertThat(rewritten.extensionOffset(2)).isNegative();
  }

  @Property(tries = 200)
  void writesTheSameBytesOnAnyNodeThatKnowsTheConstants(
      @ForAll @LongRange(min = 1000, max = 1L << 40) long index,
      @ForAll @LongRange(min = 0, max = 0xFFFFFFFFL) long timestamp,
      @ForAll @LongRange(min = 0, max = 1L << 20) long egressStart,
      @ForAll @Size(max = 100) byte[] payload) {
    EgressNumbering first =
        EgressNumbering.beginning(
            packet(1000, 5, payload, 0, new byte[1]), LayerTarget.WHOLE, egressStart, 77);
    EgressNumbering again =
        new EgressNumbering(
            first.target(),
            first.indexOffset(),
            first.timestampOffset(),
            first.pictureIdOffset(),
            first.temporalZeroOffset(),
            first.catchUp(),
            first.firstIndex());

    ByteBuffer here = write(packet(index, timestamp, payload, 0, new byte[1]), first);
    ByteBuffer there = write(packet(index, timestamp, payload, 0, new byte[1]), again);

    assertThat(here).isEqualTo(there);
  }

  @Property(tries = 100)
  void keepsTheDistancesBetweenPacketsAcrossEveryWrap(
      @ForAll @LongRange(min = 0, max = 200_000) long first,
      @ForAll @LongRange(min = 0, max = 200_000) long ahead) {
    SourcePacket start = packet(first + 1, 0, new byte[1], 0, new byte[1]);
    EgressNumbering numbering = EgressNumbering.beginning(start, LayerTarget.WHOLE, 0x3FFF, 0);

    SourcePacket later = packet(first + 1 + ahead, 0, new byte[1], 0, new byte[1]);
    assertThat(numbering.index(later) - numbering.index(start)).isEqualTo(ahead);
    assertThat(numbering.covers(packet(first, 0, new byte[1], 0, new byte[1]))).isFalse();
    assertThat(numbering.covers(later)).isTrue();
  }

  @Property(tries = 200)
  void movesThePictureIdByAConstant(
      @ForAll @IntRange(min = 0, max = 0x7FFF) int pictureId,
      @ForAll @IntRange(min = 0, max = 255) int temporalZero,
      @ForAll @IntRange(min = 0, max = 0x7FFF) int offset) {
    byte[] payload = {
      (byte) 0x90,
      (byte) 0xC0,
      (byte) (0x80 | pictureId >> 8),
      (byte) pictureId,
      (byte) temporalZero,
      0x10,
      1,
      2,
      3
    };
    SourcePacket source = packet(5, 5, payload, 0, new byte[1]);
    EgressNumbering numbering =
        EgressNumbering.beginning(source, LayerTarget.WHOLE, 5, 5)
            .withPictureOffsets(source, offset, offset);

    ByteBuffer written = write(source, numbering);

    var rewritten = new RtpPacket();
    rewritten.wrap(written, 0, written.capacity());
    var vp8 = new Vp8Descriptor();
    assertThat(vp8.wrap(written, rewritten.payloadOffset(), rewritten.payloadLength())).isTrue();
    assertThat(vp8.pictureId()).isEqualTo((pictureId + offset) % 0x8000);
    assertThat(vp8.tl0PicIdx()).isEqualTo((temporalZero + offset) % 256);
    assertThat(bytes(written, rewritten.payloadOffset() + 5, 4)).containsExactly(0x10, 1, 2, 3);
  }

  private static byte[] bytes(ByteBuffer buffer, int offset, int length) {
    byte[] bytes = new byte[length];
    buffer.get(offset, bytes);
    return bytes;
  }
}
