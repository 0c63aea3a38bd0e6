package io.wishbone.webrtc.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RtpPacketTest {

  private final RtpPacket packet = new RtpPacket();

  @Test
  void readsThePlainHeader() {
    WireBytes wire =
        WireBytes.of(
            """
            80 e0 fff0        | marker, payload type 96, sequence number
            fedcba98          | timestamp
            deadbeef          | SSRC
            01 02 03          | payload
            """);

    assertThat(wrap(wire)).isTrue();
    assertThat(packet.marker()).isTrue();
    assertThat(packet.payloadType()).isEqualTo(96);
    assertThat(packet.sequenceNumber()).isEqualTo(0xFFF0);
    assertThat(packet.timestamp()).isEqualTo(0xFEDCBA98L);
    assertThat(packet.ssrc()).isEqualTo(0xDEADBEEFL);
    assertThat(packet.csrcCount()).isZero();
    assertThat(packet.headerLength()).isEqualTo(12);
    assertThat(packet.payloadOffset()).isEqualTo(wire.offset() + 12);
    assertThat(packet.payloadLength()).isEqualTo(3);
    assertThat(packet.paddingLength()).isZero();
    assertThat(packet.length()).isEqualTo(15);
    assertThat(packet.extensionOffset(1)).isEqualTo(-1);
    assertThat(packet.extensionLength(1)).isEqualTo(-1);
  }

  @Test
  void skipsTheContributingSources() {
    WireBytes wire =
        WireBytes.of(
            """
            82 6f 0001 00000002 00000003   | CC=2, no marker, payload type 111
            00000004 00000005              | CSRCs
            99                             | payload
            """);

    assertThat(wrap(wire)).isTrue();
    assertThat(packet.marker()).isFalse();
    assertThat(packet.payloadType()).isEqualTo(111);
    assertThat(packet.csrcCount()).isEqualTo(2);
    assertThat(packet.payloadOffset()).isEqualTo(wire.offset() + 20);
    assertThat(packet.payloadLength()).isEqualTo(1);
  }

  @Test
  void findsElementsWithOneByteHeaders() {
    WireBytes wire =
        WireBytes.of(
            """
            90 60 0001 00000002 00000003
            bede 0003                      | one-byte form, three words
            10 30                          | id 1, one byte: mid "0"
            00                             | padding between elements
            31 1234                        | id 3, two bytes: transport-wide sequence number
            a2 0a0b0c                      | id 10, three bytes
            00 00                          | padding at the end
            77                             | payload
            """);

    assertThat(wrap(wire)).isTrue();
    assertThat(packet.headerLength()).isEqualTo(28);
    assertThat(element(1)).isEqualTo("30");
    assertThat(element(3)).isEqualTo("1234");
    assertThat(element(10)).isEqualTo("0a0b0c");
    assertThat(element(2)).isEqualTo("none");
    assertThat(element(0)).isEqualTo("none");
    assertThat(packet.payloadLength()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0x1000, 0x1001, 0x100F})
  void findsElementsWithTwoByteHeaders(int profile) {
    WireBytes wire =
        WireBytes.of(
            """
            90 60 0001 00000002 00000003
            %04x 0004                      | two-byte form, four words
            01 01 30                       | id 1, one byte
            00                             | padding
            0f 00                          | id 15, no data: an ordinary element here
            ff 03 0a0b0c                   | id 255, three bytes
            02 02 0d0e                     | id 2, two bytes
            00                             | padding
            """
                .formatted(profile));

    assertThat(wrap(wire)).isTrue();
    assertThat(element(1)).isEqualTo("30");
    assertThat(element(15)).isEqualTo("");
    assertThat(element(255)).isEqualTo("0a0b0c");
    assertThat(element(2)).isEqualTo("0d0e");
    assertThat(packet.payloadLength()).isZero();
  }

  @Test
  void stopsAtTheReservedIdFifteen() {
    WireBytes wire =
        WireBytes.of(
            """
            90 60 0001 00000002 00000003
            bede 0002
            10 30                          | id 1
            ff                             | id 15 ends the list, whatever its length says
            20 31 31 31 31                 | not an element any more
            """);

    assertThat(wrap(wire)).isTrue();
    assertThat(element(1)).isEqualTo("30");
    assertThat(element(2)).isEqualTo("none");
    assertThat(element(15)).isEqualTo("none");
  }

  @Test
  void stopsAtPaddingThatClaimsALength() {
    WireBytes wire =
        WireBytes.of(
            """
            90 60 0001 00000002 00000003
            bede 0002
            10 30                          | id 1
            0f                             | id 0 with a length
            20 31 31 31 31                 | not an element any more
            """);

    assertThat(wrap(wire)).isTrue();
    assertThat(element(1)).isEqualTo("30");
    assertThat(element(2)).isEqualTo("none");
  }

  @Test
  void takesTheFirstOfTwoElementsWithOneId() {
    assertThat(wrap(WireBytes.of("90600001 00000002 00000003 bede0001 1041 1042"))).isTrue();
    assertThat(element(1)).isEqualTo("41");
  }

  @Test
  void ignoresElementsOfAnotherProfile() {
    assertThat(wrap(WireBytes.of("90600001 00000002 00000003 abac0001 1f303132 55"))).isTrue();
    assertThat(element(1)).isEqualTo("none");
    assertThat(packet.headerLength()).isEqualTo(20);
    assertThat(packet.payloadLength()).isEqualTo(1);
  }

  @Test
  void acceptsAnEmptyExtension() {
    assertThat(wrap(WireBytes.of("90600001 00000002 00000003 bede0000"))).isTrue();
    assertThat(packet.headerLength()).isEqualTo(16);
    assertThat(packet.payloadLength()).isZero();
  }

  @Test
  void takesPaddingOffThePayload() {
    assertThat(wrap(WireBytes.of("a0600001 00000002 00000003 4142 000003"))).isTrue();
    assertThat(packet.payloadLength()).isEqualTo(2);
    assertThat(packet.paddingLength()).isEqualTo(3);
  }

  @Test
  void acceptsAPacketOfNothingButPadding() {
    assertThat(wrap(WireBytes.of("a0600001 00000002 00000003 00000004"))).isTrue();
    assertThat(packet.payloadLength()).isZero();
    assertThat(packet.paddingLength()).isEqualTo(4);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "nothing at all, ''",
    "one byte, 80",
    "eleven bytes, 80600001 00000002 000000",
    "version 0, 00600001 00000002 00000003",
    "version 1, 40600001 00000002 00000003",
    "version 3, c0600001 00000002 00000003",
    "CSRC list beyond the end, 81600001 00000002 00000003",
    "fifteen CSRCs beyond the end, 8f600001 00000002 00000003 00000000",
    "no room for the extension header, 90600001 00000002 00000003 bede",
    "extension beyond the end, 90600001 00000002 00000003 bede0002 10300000",
    "65535 words of extension, 90600001 00000002 00000003 bedeffff 10300000",
    "one-byte element beyond the extension, 90600001 00000002 00000003 bede0001 13303132",
    "one-byte element into the payload, 90600001 00000002 00000003 bede0001 1f303132 33343536",
    "two-byte element beyond the extension, 90600001 00000002 00000003 10000001 01033031",
    "two-byte element without a length, 90600001 00000002 00000003 10000001 01013002",
    "two-byte element of 255 bytes, 90600001 00000002 00000003 10000001 01ff3031",
    "padding of zero bytes, a0600001 00000002 00000003 4100",
    "padding longer than the payload, a0600001 00000002 00000003 4103",
    "padding as long as header and payload, a0600001 00000002 00000003 410e",
    "padding of 255 bytes, a0600001 00000002 00000003 41ff",
    "padding but no payload, a0600001 00000002 00000003",
    "padding into the extension, b0600001 00000002 00000003 bede0001 10300005",
  })
  void refusesWhatContradictsItsLength(String fault, String hex) {
    assertThat(wrap(WireBytes.of(hex))).as(fault).isFalse();
  }

  @Test
  void refusesWhatTheBufferDoesNotHold() {
    WireBytes wire = WireBytes.of("80600001 00000002 00000003");
    int toTheEnd = wire.buffer().capacity() - wire.offset();
    assertThat(packet.wrap(wire.buffer(), wire.offset(), toTheEnd)).isTrue();
    assertThat(packet.wrap(wire.buffer(), wire.offset(), toTheEnd + 1)).isFalse();
    assertThat(packet.wrap(wire.buffer(), wire.offset(), Integer.MAX_VALUE)).isFalse();
    assertThat(packet.wrap(wire.buffer(), -1, 12)).isFalse();
  }

  @Test
  void keepsNothingOfThePacketBefore() {
    wrap(WireBytes.of("b0600001 00000002 00000003 bede0001 10300000 4101"));
    assertThat(wrap(WireBytes.of("80600001 00000002 00000003 41"))).isTrue();
    assertThat(element(1)).isEqualTo("none");
    assertThat(packet.paddingLength()).isZero();
    assertThat(packet.payloadLength()).isEqualTo(1);
  }

  private boolean wrap(WireBytes wire) {
    return packet.wrap(wire.buffer(), wire.offset(), wire.length());
  }

  private String element(int id) {
    int data = packet.extensionOffset(id);
    return data < 0
        ? "none"
        : new WireBytes(packet.buffer(), data, packet.extensionLength(id)).hex();
  }
}
