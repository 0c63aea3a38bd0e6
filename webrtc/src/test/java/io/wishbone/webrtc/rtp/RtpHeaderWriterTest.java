package io.wishbone.webrtc.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class RtpHeaderWriterTest {

  private final RtpHeaderWriter writer = new RtpHeaderWriter();
  private final WireBytes room = WireBytes.room(1600);

  @Test
  void writesTheFixedHeader() {
    writer.start(true, 96, 0xFFF0, 0xFEDCBA98L, 0xDEADBEEFL);
    assertThat(written()).isEqualTo("80e0fff0" + "fedcba98" + "deadbeef");
  }

  @Test
  void writesOneByteElementsAndPadsThemToWords() {
    writer
        .start(false, 111, 1, 2, 3)
        .extension(4, "0".getBytes(StandardCharsets.US_ASCII))
        .extension(3, 0x1234, 2);
    assertThat(written())
        .isEqualTo(
            "906f0001" + "00000002" + "00000003" + "bede0002" + "4030" + "311234" + "000000");
  }

  @Test
  void takesTheTwoByteFormForAnIdAboveFourteen() {
    writer.start(false, 111, 1, 2, 3).extension(4, 0x30, 1).extension(15, 0x31, 1);
    assertThat(written())
        .isEqualTo(
            "906f0001" + "00000002" + "00000003" + "10000002" + "040130" + "0f0131" + "0000");
  }

  @Test
  void takesTheTwoByteFormForEmptyData() {
    writer.start(false, 111, 1, 2, 3).extension(4, new byte[0]);
    assertThat(written()).endsWith("10000001" + "0400" + "0000");
  }

  @Test
  void takesTheTwoByteFormForMoreThanSixteenBytes() {
    writer.start(false, 111, 1, 2, 3).extension(4, new byte[16]);
    assertThat(written()).startsWith("906f0001" + "00000002" + "00000003" + "bede0005" + "4f");
    writer.start(false, 111, 1, 2, 3).extension(4, new byte[17]);
    assertThat(written()).startsWith("906f0001" + "00000002" + "00000003" + "10000005" + "0411");
  }

  @Test
  void copiesDataFromABuffer() {
    WireBytes source = WireBytes.of("0a0b0c0d");
    writer.start(false, 0, 0, 0, 0).extension(1, source.buffer(), source.offset() + 1, 2);
    source.buffer().put(source.offset() + 1, (byte) 0x7F);
    assertThat(written()).endsWith("bede0001" + "110b0c" + "00");
  }

  @Test
  void forgetsThePreviousHeader() {
    writer.start(true, 1, 1, 1, 1).extension(15, 1, 1);
    writer.start(false, 2, 2, 2, 2);
    assertThat(written()).isEqualTo("80020002" + "00000002" + "00000002");
  }

  @Test
  void refusesWhatNoElementCanBe() {
    writer.start(false, 0, 0, 0, 0);
    assertThatThrownBy(() -> writer.extension(0, 1, 1)).hasMessageContaining("id 0");
    assertThatThrownBy(() -> writer.extension(256, 1, 1)).hasMessageContaining("id 256");
    assertThatThrownBy(() -> writer.extension(1, new byte[256])).hasMessageContaining("256");
    assertThatThrownBy(() -> writer.extension(1, 1, 9)).hasMessageContaining("9 bytes");
    assertThat(written()).isEqualTo("800000000000000000000000");
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void thePacketViewReadsWhatWasWritten(
      @ForAll boolean marker,
      @ForAll @IntRange(max = 127) int payloadType,
      @ForAll @IntRange(max = 65535) int sequenceNumber,
      @ForAll @LongRange(max = 0xFFFF_FFFFL) long timestamp,
      @ForAll @LongRange(max = 0xFFFF_FFFFL) long ssrc,
      @ForAll("elements") Map<Integer, byte[]> elements) {
    writer.start(marker, payloadType, sequenceNumber, timestamp, ssrc);
    elements.forEach(writer::extension);
    int length = writer.length();
    assertThat(writer.write(room.buffer(), room.offset())).isEqualTo(length);

    RtpPacket packet = new RtpPacket();
    assertThat(packet.wrap(room.buffer(), room.offset(), length)).isTrue();
    assertThat(packet.marker()).isEqualTo(marker);
    assertThat(packet.payloadType()).isEqualTo(payloadType);
    assertThat(packet.sequenceNumber()).isEqualTo(sequenceNumber);
    assertThat(packet.timestamp()).isEqualTo(timestamp);
    assertThat(packet.ssrc()).isEqualTo(ssrc);
    assertThat(packet.headerLength()).isEqualTo(length);
    assertThat(elementsOf(packet)).containsExactlyInAnyOrderEntriesOf(hex(elements));
  }

  private static Map<Integer, String> elementsOf(RtpPacket packet) {
    Map<Integer, String> found = new HashMap<>();
    for (int id = 1; id <= 255; id++) {
      int data = packet.extensionOffset(id);
      if (data >= 0) {
        int length = packet.extensionLength(id);
        found.put(id, new WireBytes(packet.buffer(), data, length).hex());
      }
    }
    return found;
  }

  private static Map<Integer, String> hex(Map<Integer, byte[]> elements) {
    Map<Integer, String> hex = new HashMap<>();
    elements.forEach((id, data) -> hex.put(id, HexFormat.of().formatHex(data)));
    return hex;
  }

  @Provide
  Arbitrary<Map<Integer, byte[]>> elements() {
    Arbitrary<byte[]> small = Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(16);
    Arbitrary<byte[]> any = Arbitraries.bytes().array(byte[].class).ofMaxSize(60);
    return Arbitraries.oneOf(
        Arbitraries.maps(Arbitraries.integers().between(1, 14), small).ofMaxSize(14),
        Arbitraries.maps(Arbitraries.integers().between(1, 255), any).ofMaxSize(14));
  }

  private String written() {
    int length = writer.length();
    assertThat(writer.write(room.buffer(), room.offset())).isEqualTo(length);
    return room.hex(length);
  }
}
