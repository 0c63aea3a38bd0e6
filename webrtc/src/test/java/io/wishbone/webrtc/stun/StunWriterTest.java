package io.wishbone.webrtc.stun;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class StunWriterTest {

  private final StunKey key = StunKey.shortTerm(StunSamples.PASSWORD);

  @Property(tries = 200)
  void readsBackEveryRequestItWrites(
      @ForAll int high,
      @ForAll long low,
      @ForAll @AlphaChars @StringLength(min = 4, max = 256) String local,
      @ForAll @LongRange(min = 0, max = 0xffffffffL) long priority,
      @ForAll long tieBreaker,
      @ForAll boolean controlling,
      @ForAll boolean useCandidate,
      @ForAll @IntRange(min = 0, max = 40) int offset) {
    TransactionId id = new TransactionId(high, low);
    byte[] username = (local + ":remote").getBytes();
    ByteBuffer buffer = ByteBuffer.allocate(offset + StunWriter.ROOM + username.length);
    Arrays.fill(buffer.array(), (byte) 0x5a);
    StunWriter writer =
        new StunWriter()
            .begin(buffer, offset, StunMessageType.BINDING_REQUEST, id)
            .username(username)
            .priority(priority);
    if (controlling) {
      writer.controlling(tieBreaker);
    } else {
      writer.controlled(tieBreaker);
    }
    if (useCandidate) {
      writer.useCandidate();
    }
    writer.integrity(key).fingerprint();

    StunReader reader = new StunReader();
    assertThat(reader.wrap(buffer, writer.offset(), writer.length())).isTrue();
    assertThat(reader.type()).isEqualTo(StunMessageType.BINDING_REQUEST);
    assertThat(reader.transactionId()).isEqualTo(id);
    assertThat(reader.isAddressedTo(local.getBytes())).isTrue();
    assertThat(reader.priority()).isEqualTo(priority);
    assertThat(reader.isFromControlling()).isEqualTo(controlling);
    assertThat(reader.isFromControlled()).isNotEqualTo(controlling);
    assertThat(reader.tieBreaker()).isEqualTo(tieBreaker);
    assertThat(reader.hasUseCandidate()).isEqualTo(useCandidate);
    assertThat(reader.verifies(key)).isTrue();
    assertThat(reader.fingerprintMatches()).isTrue();
  }

  @Property(tries = 200)
  void readsBackEveryMappedAddressItWrites(
      @ForAll @Size(16) byte[] bytes,
      @ForAll boolean ipv6,
      @ForAll @IntRange(min = 0, max = 65535) int port)
      throws UnknownHostException {
    InetAddress address = InetAddress.getByAddress(ipv6 ? bytes : Arrays.copyOf(bytes, 4));
    InetSocketAddress mapped = new InetSocketAddress(address, port);
    ByteBuffer buffer = ByteBuffer.allocate(StunWriter.ROOM);
    StunWriter writer =
        new StunWriter()
            .begin(buffer, 0, StunMessageType.BINDING_SUCCESS, StunSamples.ID)
            .mappedAddress(mapped)
            .integrity(key)
            .fingerprint();

    StunReader reader = new StunReader();
    assertThat(reader.wrap(buffer, 0, writer.length())).isTrue();
    assertThat(reader.mappedAddress()).isEqualTo(mapped);
  }

  @Test
  void writesErrorsAndWhatWasNotUnderstood() {
    UnknownAttributes unknown = new UnknownAttributes();
    for (int i = 0; i < 20; i++) {
      unknown.add(0x7f00 + i);
    }
    ByteBuffer buffer = ByteBuffer.allocate(StunWriter.ROOM);
    StunWriter writer =
        new StunWriter()
            .begin(buffer, 0, StunMessageType.BINDING_ERROR, StunSamples.ID)
            .errorCode(420, "Unknown Attribute")
            .unknownAttributes(unknown)
            .integrity(key)
            .fingerprint();

    StunReader reader = StunSamples.read(Arrays.copyOf(buffer.array(), writer.length()));
    assertThat(reader.type()).isEqualTo(StunMessageType.BINDING_ERROR);
    assertThat(reader.errorCode()).isEqualTo(420);
    assertThat(reader.verifies(key)).isTrue();
    assertThat(Arrays.copyOfRange(buffer.array(), 48, 56))
        .isEqualTo(StunSamples.bytes("000a0010 7f007f01"));
  }

  @Test
  void padsWithZeros() {
    byte[] bytes = new byte[StunWriter.ROOM];
    Arrays.fill(bytes, (byte) 0xff);
    new StunWriter()
        .begin(ByteBuffer.wrap(bytes), 0, StunMessageType.BINDING_REQUEST, StunSamples.ID)
        .username("a:bcd".getBytes());

    assertThat(Arrays.copyOfRange(bytes, 20, 32))
        .isEqualTo(StunSamples.bytes("00060005 613a626364000000"));
  }
}
