package io.wishbone.webrtc.stun;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StunReaderTest {

  private static final String INTEGRITY = "00080014" + "00".repeat(20);
  private static final String FINGERPRINT = "80280004 00000000";

  @Test
  void readsAtAnyOffsetOfAnyBufferAndLeavesItAsItIs() {
    byte[] sample = StunSamples.request();
    ByteBuffer direct = ByteBuffer.allocateDirect(sample.length + 100);
    direct.put(37, sample).position(5).limit(6);
    direct.limit(direct.capacity());
    StunReader reader = new StunReader();

    assertThat(reader.wrap(direct, 37, sample.length)).isTrue();
    assertThat(reader.verifies(StunKey.shortTerm(StunSamples.PASSWORD))).isTrue();
    assertThat(reader.fingerprintMatches()).isTrue();
    assertThat(reader.isAddressedTo("evtj".getBytes())).isTrue();
    assertThat(direct.position()).isEqualTo(5);
    assertThat(direct.limit()).isEqualTo(direct.capacity());
  }

  @Test
  void forgetsTheMessageBefore() {
    StunReader reader = StunSamples.read(StunSamples.request());
    byte[] bare = StunSamples.requestWith("");

    assertThat(reader.wrap(ByteBuffer.wrap(bare), 0, bare.length)).isTrue();
    assertThat(reader.username()).isNull();
    assertThat(reader.priority()).isEqualTo(-1);
    assertThat(reader.isFromControlled()).isFalse();
    assertThat(reader.tieBreaker()).isZero();
    assertThat(reader.errorCode()).isEqualTo(-1);
    assertThat(reader.mappedAddress()).isNull();
    assertThat(reader.verifies(StunKey.shortTerm(StunSamples.PASSWORD))).isFalse();
    assertThat(reader.fingerprintMatches()).as("there is none").isTrue();
  }

  @Test
  void refusesEveryTruncation() {
    byte[] sample = StunSamples.request();
    for (int length = 0; length < sample.length; length++) {
      byte[] cut = Arrays.copyOf(sample, length);
      assertThat(StunSamples.isReadable(cut)).as("%d bytes", length).isFalse();
    }
  }

  @Test
  void refusesALengthThatIsNotTheDatagrams() {
    byte[] trailing = Arrays.copyOf(StunSamples.request(), StunSamples.request().length + 4);
    byte[] odd = Arrays.copyOf(StunSamples.requestWith("00060001 61000000"), 27);
    odd[3] = 7;

    assertThat(StunSamples.isReadable(trailing)).isFalse();
    assertThat(StunSamples.isReadable(odd)).isFalse();
  }

  @Test
  void refusesWhatIsTooLongForAnMtu() {
    String filler = "80220004 00000000";

    assertThat(StunSamples.isReadable(StunSamples.requestWith(filler.repeat(157)))).isTrue();
    assertThat(StunSamples.isReadable(StunSamples.requestWith(filler.repeat(158)))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00060001", // nothing behind the header
        "00060005 61626364", // one byte short
        "0006ffff 61626364",
        "80220000 0006fffd 61626364",
        "00080013 " + "0000000000000000000000000000000000000000", // 19 bytes of integrity
        "00080018 " + "000000000000000000000000000000000000000000000000",
        "80280008 0000000000000000",
        "80280000",
        "00240003 00000000",
        "00250001 00000000",
        "802a0004 00000000",
        "80290000",
        "00090003 00000000",
      })
  void refusesImpossibleAttributeLengths(String attributes) {
    assertThat(StunSamples.isReadable(StunSamples.requestWith(attributes))).isFalse();
  }

  @Test
  void refusesAUsernameThatIsTooLong() {
    assertThat(StunSamples.isReadable(StunSamples.requestWith("00060201" + "61".repeat(516))))
        .isTrue();
    assertThat(StunSamples.isReadable(StunSamples.requestWith("00060202" + "61".repeat(516))))
        .isFalse();
  }

  @Test
  void takesTheFirstOfRepeatedAttributes() {
    StunReader reader =
        StunSamples.read(
            StunSamples.requestWith(
                "00060003 613a6200 00060003 783a7900"
                    + "00240004 00000001 00240004 00000002"
                    + "802a0008 0000000000000003 802a0008 0000000000000004"));

    assertThat(reader.username()).isEqualTo("a:b");
    assertThat(reader.priority()).isEqualTo(1);
    assertThat(reader.tieBreaker()).isEqualTo(3);
  }

  @Test
  void ignoresWhatStandsBehindMessageIntegrity() {
    StunReader reader =
        StunSamples.read(
            StunSamples.requestWith(
                INTEGRITY + "00250000 00060003 613a6200 7fff0000 00240001 00000000" + FINGERPRINT));

    assertThat(reader.hasUseCandidate()).isFalse();
    assertThat(reader.username()).isNull();
    assertThat(reader.priority()).isEqualTo(-1);
    assertThat(reader.unknownAttributes().isEmpty()).isTrue();
    assertThat(reader.fingerprintMatches()).as("it is read and wrong").isFalse();
  }

  @Test
  void takesTheFirstMessageIntegrityOnly() {
    byte[] sample = StunSamples.request();
    byte[] twice = new byte[sample.length - 8 + 24];
    System.arraycopy(sample, 0, twice, 0, sample.length - 8);
    System.arraycopy(sample, sample.length - 32, twice, sample.length - 8, 24);
    twice[3] = (byte) (twice.length - 20);

    StunReader reader = StunSamples.read(twice);

    // RFC 8489: the HMAC sees a length that ends with its own attribute.
    assertThat(reader.verifies(StunKey.shortTerm(StunSamples.PASSWORD))).isTrue();
  }

  @Test
  void refusesAttributesBehindTheFingerprint() {
    assertThat(StunSamples.isReadable(StunSamples.requestWith(FINGERPRINT))).isTrue();
    assertThat(StunSamples.isReadable(StunSamples.requestWith(FINGERPRINT + "00250000"))).isFalse();
    assertThat(StunSamples.isReadable(StunSamples.requestWith(FINGERPRINT + FINGERPRINT)))
        .isFalse();
  }

  @Test
  void listsUnknownAttributesThatHadToBeUnderstood() {
    StunReader reader =
        StunSamples.read(StunSamples.requestWith("00030004 00000000 c0570004 00000000 7fff0000"));

    assertThat(reader.unknownAttributes().size()).isEqualTo(2);
    assertThat(reader.unknownAttributes().type(0)).isEqualTo(0x0003);
    assertThat(reader.unknownAttributes().type(1)).isEqualTo(0x7fff);
  }

  @Test
  void listsOnlySoManyUnknownAttributes() {
    StunReader reader = StunSamples.read(StunSamples.requestWith("00030000".repeat(300)));

    assertThat(reader.unknownAttributes().size()).isEqualTo(8);
  }

  @ParameterizedTest
  @CsvSource({
    "00200008 0002a147e112a643, IPv6 in four bytes",
    "00200014 0001a1470113a9faa5d3f179bc25f4b5bed2b9d9, IPv4 in sixteen",
    "00200008 0003a147e112a643, unknown family",
    "00200004 0001a147, no address",
    "00200000, nothing",
  })
  void hasNoMappedAddressWhenItMakesNoSense(String attribute, String why) {
    assertThat(StunSamples.read(StunSamples.requestWith(attribute)).mappedAddress())
        .as(why)
        .isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"evtj", "evtj:h6v", "evt", "vtj", "evtjh", "evtj:h6vY", "h6vY", ""})
  void isAddressedToTheFragmentBeforeTheColon(String fragment) {
    StunReader reader = StunSamples.read(StunSamples.request());

    assertThat(reader.isAddressedTo(fragment.getBytes())).isEqualTo(fragment.equals("evtj"));
  }

  @Test
  void looksLikeStunOnlyWithTypeAndCookie() {
    ByteBuffer sample = ByteBuffer.wrap(StunSamples.request());

    assertThat(StunReader.looksLikeStun(sample, 0, sample.capacity())).isTrue();
    assertThat(StunReader.looksLikeStun(sample, 0, 19)).isFalse();
    sample.put(0, (byte) 4);
    assertThat(StunReader.looksLikeStun(sample, 0, sample.capacity())).isFalse();
    sample.put(0, (byte) 0).put(7, (byte) 0x43);
    assertThat(StunReader.looksLikeStun(sample, 0, sample.capacity())).isFalse();
  }

  @Test
  void tellsMessageTypesApart() {
    byte[] message = StunSamples.requestWith("");
    message[1] = 0x11;
    assertThat(StunSamples.read(message).type()).isEqualTo(StunMessageType.BINDING_INDICATION);
    message[0] = 0x01;
    assertThat(StunSamples.read(message).type()).isEqualTo(StunMessageType.BINDING_ERROR);
    message[1] = 0x01;
    assertThat(StunSamples.read(message).type()).isEqualTo(StunMessageType.BINDING_SUCCESS);
    message[0] = 0x00;
    message[1] = 0x03;
    assertThat(StunSamples.read(message).type()).as("Allocate").isEqualTo(StunMessageType.OTHER);
  }
}
