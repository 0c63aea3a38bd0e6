package io.wishbone.webrtc.nack;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.rtp.RtpHeaderWriter;
import io.wishbone.webrtc.rtp.RtpPacket;
import io.wishbone.webrtc.rtp.WireBytes;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RtxPacketsTest {

  private final RtpPacket view = new RtpPacket();

  @Test
  void putsTheOriginalNumberInFrontOfThePayload() {
    WireBytes wire =
        WireBytes.of(
            """
            0000                  | room
            80 E0 1234            | marker, payload type 96
            00000BB8 DEADBEEF
            AABBCC
            """);
    assertThat(view.wrap(wire.buffer(), wire.offset() + 2, wire.length() - 2)).isTrue();
    int length = RtxPackets.wrap(view, wire.offset(), 97, 0x01020304L, 0x0007);
    assertThat(wire.hex(length))
        .isEqualTo("80e10007" + "00000bb8" + "01020304" + "1234" + "aabbcc");
    assertThat(wire.isUntouchedBeyond(length)).isTrue();
  }

  @Test
  void holdsNothingWhenItIsOnlyPadding() {
    WireBytes wire = WireBytes.of("A061 0007 00000BB8 01020304 00000004");
    assertThat(view.wrap(wire.buffer(), wire.offset(), wire.length())).isTrue();
    assertThat(RtxPackets.originalSequenceNumber(view)).isEqualTo(-1);
    assertThat(RtxPackets.unwrap(view, 96, 1)).isEqualTo(-1);
  }

  @Test
  void countsOnAcrossTheWrap() {
    RtxStream stream = new RtxStream(9, 97, 65_535);
    WireBytes wire = WireBytes.of("0000 8060 0001 00000000 00000001 AA");
    view.wrap(wire.buffer(), wire.offset() + 2, wire.length() - 2);
    stream.wrap(view, wire.offset());
    assertThat(stream.rolloverCounter()).isZero();
    assertThat(stream.takeIndex()).isEqualTo(65_536);
    assertThat(stream.rolloverCounter()).isEqualTo(1);
    assertThat(stream.packets()).isEqualTo(2);
  }

  @Property
  void writesPaddingThatHoldsNothing(@ForAll @IntRange(min = 1, max = 255) int padding) {
    RtpHeaderWriter header =
        new RtpHeaderWriter().start(false, 97, 5, 90_000, 9).extension(3, 7, 2);
    WireBytes wire = WireBytes.room(header.length() + padding);
    int headerLength = header.write(wire.buffer(), wire.offset());
    int length = RtxPackets.pad(wire.buffer(), wire.offset(), headerLength, padding);
    assertThat(length).isEqualTo(headerLength + padding);
    assertThat(wire.isUntouchedBeyond(length)).isTrue();
    assertThat(view.wrap(wire.buffer(), wire.offset(), length)).isTrue();
    assertThat(view.payloadLength()).isZero();
    assertThat(view.paddingLength()).isEqualTo(padding);
    assertThat(RtxPackets.originalSequenceNumber(view)).isEqualTo(-1);
  }

  @Property
  void unwrapsToTheVeryPacketThatWasWrapped(
      @ForAll @IntRange(min = 0, max = 65_535) int number,
      @ForAll @IntRange(min = 0, max = 65_535) int rtxNumber,
      @ForAll @IntRange(min = 0, max = 40) int extensionLength,
      @ForAll boolean marker,
      @ForAll @Size(max = 1200) byte[] payload) {
    RtpHeaderWriter header = new RtpHeaderWriter().start(marker, 96, number, 90_000, 0xF0000001L);
    if (extensionLength > 0) {
      header.extension(3, new byte[extensionLength]);
    }
    WireBytes wire = WireBytes.room(2 + header.length() + payload.length);
    int start = wire.offset() + 2;
    int length = header.write(wire.buffer(), start);
    wire.buffer().put(start + length, payload);
    length += payload.length;
    byte[] original = new byte[length];
    wire.buffer().get(start, original);

    assertThat(view.wrap(wire.buffer(), start, length)).isTrue();
    int wrapped = RtxPackets.wrap(view, wire.offset(), 97, 5, rtxNumber);
    assertThat(wrapped).isEqualTo(length + RtxPackets.OVERHEAD);
    assertThat(wire.isUntouchedBeyond(wrapped)).isTrue();
    assertThat(view.wrap(wire.buffer(), wire.offset(), wrapped)).isTrue();
    assertThat(view.ssrc()).isEqualTo(5);
    assertThat(view.payloadType()).isEqualTo(97);
    assertThat(view.marker()).isEqualTo(marker);
    assertThat(view.sequenceNumber()).isEqualTo(rtxNumber);
    assertThat(RtxPackets.originalSequenceNumber(view)).isEqualTo(number);

    assertThat(RtxPackets.unwrap(view, 96, 0xF0000001L)).isEqualTo(length);
    byte[] back = new byte[length];
    wire.buffer().get(start, back);
    assertThat(back).isEqualTo(original);
  }
}
