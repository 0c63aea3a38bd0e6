package io.wishbone.webrtc.stun;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// RFC 5769.
class StunVectorsTest {

  private final StunKey key = StunKey.shortTerm(StunSamples.PASSWORD);

  @Test
  void readsTheSampleRequest() {
    StunReader request = StunSamples.read(StunSamples.request());

    assertThat(request.type()).isEqualTo(StunMessageType.BINDING_REQUEST);
    assertThat(request.transactionId()).isEqualTo(StunSamples.ID);
    assertThat(request.username()).isEqualTo("evtj:h6vY");
    assertThat(request.priority()).isEqualTo(0x6e0001ffL);
    assertThat(request.isFromControlled()).isTrue();
    assertThat(request.isFromControlling()).isFalse();
    assertThat(request.tieBreaker()).isEqualTo(0x932ff9b151263b36L);
    assertThat(request.hasUseCandidate()).isFalse();
    assertThat(request.unknownAttributes().isEmpty()).isTrue();
    assertThat(request.fingerprintMatches()).isTrue();
    assertThat(request.verifies(key)).isTrue();
  }

  @Test
  void readsTheSampleIpv4Response() {
    StunReader response = StunSamples.read(StunSamples.responseIpv4());

    assertThat(response.type()).isEqualTo(StunMessageType.BINDING_SUCCESS);
    assertThat(response.mappedAddress()).isEqualTo(new InetSocketAddress("192.0.2.1", 32853));
    assertThat(response.fingerprintMatches()).isTrue();
    assertThat(response.verifies(key)).isTrue();
  }

  @Test
  void readsTheSampleIpv6Response() {
    StunReader response = StunSamples.read(StunSamples.responseIpv6());

    assertThat(response.mappedAddress())
        .isEqualTo(new InetSocketAddress("2001:db8:1234:5678:11:2233:4455:6677", 32853));
    assertThat(response.fingerprintMatches()).isTrue();
    assertThat(response.verifies(key)).isTrue();
  }

  @Test
  void refusesAnotherPassword() {
    StunReader request = StunSamples.read(StunSamples.request());

    assertThat(request.verifies(StunKey.shortTerm("VOkJxbRl1RmTxUk/WvJxBu"))).isFalse();
    assertThat(request.verifies(StunKey.shortTerm(""))).isFalse();
    assertThat(request.verifies(key)).as("the key is usable again").isTrue();
  }

  @Test
  void noticesEveryFlippedBitOfWhatIsCovered() {
    byte[] sample = StunSamples.request();
    for (int bit = 0; bit < (sample.length - 8) * 8; bit++) {
      byte[] flipped = sample.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      StunReader reader = new StunReader();
      boolean authentic =
          reader.wrap(ByteBuffer.wrap(flipped), 0, flipped.length) && reader.verifies(key);
      assertThat(authentic).as("bit %d", bit).isFalse();
    }
  }

  @Test
  void noticesAWrongFingerprint() {
    byte[] sample = StunSamples.request();
    sample[sample.length - 1]++;

    assertThat(StunSamples.read(sample).fingerprintMatches()).isFalse();
  }

  @Test
  void signsTheSamplesAsTheyAreSigned() {
    for (byte[] sample :
        new byte[][] {
          StunSamples.request(), StunSamples.responseIpv4(), StunSamples.responseIpv6()
        }) {
      int integrity = sample.length - 28;
      ByteBuffer message = ByteBuffer.wrap(sample.clone());
      message.put(integrity, new byte[20]);

      key.sign(message, 0, integrity);

      assertThat(message.array()).isEqualTo(sample);
      assertThat(new StunFingerprint().of(message, 0, sample.length - 8))
          .isEqualTo(message.getInt(sample.length - 4));
    }
  }

  @Test
  void writesTheSampleMappedAddresses() {
    assertThat(mappedAddress("192.0.2.1"))
        .isEqualTo(Arrays.copyOfRange(StunSamples.responseIpv4(), 36, 48));
    assertThat(mappedAddress("2001:db8:1234:5678:11:2233:4455:6677"))
        .isEqualTo(Arrays.copyOfRange(StunSamples.responseIpv6(), 36, 60));
  }

  private static byte[] mappedAddress(String host) {
    ByteBuffer written = ByteBuffer.allocate(StunWriter.ROOM);
    StunWriter writer =
        new StunWriter()
            .begin(written, 0, StunMessageType.BINDING_SUCCESS, StunSamples.ID)
            .mappedAddress(new InetSocketAddress(host, 32853));
    return Arrays.copyOfRange(written.array(), 20, writer.length());
  }
}
