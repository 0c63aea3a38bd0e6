package io.wishbone.webrtc.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("io.wishbone.webrtc.srtp.Backends#names")
class RoundTripTest {
  private final SrtpCipherProvider provider;

  RoundTripTest(String backend) {
    provider = Backends.provider(backend);
  }

  private static final int OFFSET = 7;

  static Stream<Arguments> profilesAndBuffers() {
    return Stream.of(SrtpProfile.values())
        .flatMap(profile -> Stream.of(Arguments.of(profile, false), Arguments.of(profile, true)));
  }

  @ParameterizedTest
  @MethodSource("profilesAndBuffers")
  void rtpOfEveryLengthComesBackAsItWas(SrtpProfile profile, boolean isDirect) {
    SrtpSession client = Packets.client(provider, profile);
    SrtpSession server = Packets.server(provider, profile);
    for (int payload = 0; payload <= 100; payload++) {
      checkRtp(client, server, profile, isDirect, Packets.rtp(1, payload, payload));
      checkRtp(client, server, profile, isDirect, Packets.rtpWithLongHeader(2, payload, payload));
    }
    checkRtp(client, server, profile, isDirect, Packets.rtp(1, 101, 60_000));
  }

  private static void checkRtp(
      SrtpSession sender,
      SrtpSession receiver,
      SrtpProfile profile,
      boolean isDirect,
      byte[] packet) {
    ByteBuffer buffer = Packets.buffer(isDirect, OFFSET, packet);
    buffer.position(3);
    int sealed = sender.protectRtp(buffer, OFFSET, packet.length, 0);
    assertThat(sealed).isEqualTo(packet.length + profile.rtpOverhead());
    assertNothingElseChanged(buffer, sealed);
    int opened = receiver.unprotectRtp(buffer, OFFSET, sealed);
    assertThat(opened).isEqualTo(packet.length);
    assertThat(Packets.bytes(buffer, OFFSET, opened)).isEqualTo(packet);
    assertNothingElseChanged(buffer, sealed);
  }

  @ParameterizedTest
  @MethodSource("profilesAndBuffers")
  void rtcpOfEveryLengthComesBackAsItWas(SrtpProfile profile, boolean isDirect) {
    SrtpSession client = Packets.client(provider, profile);
    SrtpSession server = Packets.server(provider, profile);
    for (int length = 0; length <= 100; length++) {
      byte[] packet = Packets.rtcp(1, length);
      ByteBuffer buffer = Packets.buffer(isDirect, OFFSET, packet);
      int sealed = server.protectRtcp(buffer, OFFSET, packet.length);
      assertThat(sealed).isEqualTo(packet.length + profile.rtcpOverhead());
      assertNothingElseChanged(buffer, sealed);
      int opened = client.unprotectRtcp(buffer, OFFSET, sealed);
      assertThat(opened).isEqualTo(packet.length);
      assertThat(Packets.bytes(buffer, OFFSET, opened)).isEqualTo(packet);
    }
  }

  private static void assertNothingElseChanged(ByteBuffer buffer, int sealed) {
    assertThat(Packets.bytes(buffer, 0, OFFSET)).containsOnly(0);
    int behind = OFFSET + sealed;
    assertThat(Packets.bytes(buffer, behind, buffer.capacity() - behind)).containsOnly(0);
    assertThat(buffer.position()).isIn(0, 3);
    assertThat(buffer.limit()).isEqualTo(buffer.capacity());
  }

  @ParameterizedTest
  @EnumSource
  void aSliceOfAnArrayIsProtectedWhereItLies(SrtpProfile profile) {
    byte[] packet = Packets.rtp(1, 1, 20);
    ByteBuffer slice = ByteBuffer.allocate(100).slice(9, 80).put(4, packet);
    int sealed = Packets.client(provider, profile).protectRtp(slice, 4, packet.length, 0);
    assertThat(Packets.bytes(slice, 4, sealed))
        .isEqualTo(Packets.protectRtp(Packets.client(provider, profile), packet, 0));
    assertThat(Packets.server(provider, profile).unprotectRtp(slice, 4, sealed))
        .isEqualTo(packet.length);
    assertThat(Packets.bytes(slice, 4, packet.length)).isEqualTo(packet);
  }

  @ParameterizedTest
  @EnumSource
  void bodiesAreEncryptedAndHeadersAreNot(SrtpProfile profile) {
    byte[] packet = Packets.rtpWithLongHeader(1, 1, 100);
    byte[] sealed = Packets.protectRtp(Packets.client(provider, profile), packet, 0);
    assertThat(sealed).startsWith(Arrays.copyOf(packet, 32));
    assertThat(Arrays.copyOfRange(sealed, 32, 132))
        .isNotEqualTo(Arrays.copyOfRange(packet, 32, 132));
  }

  @ParameterizedTest
  @EnumSource
  void thePeerCannotReflectOurOwnPackets(SrtpProfile profile) {
    SrtpSession client = Packets.client(provider, profile);
    byte[] srtp = Packets.protectRtp(client, Packets.rtp(1, 1, 20), 0);
    byte[] srtcp = Packets.protectRtcp(client, Packets.rtcp(1, 20));
    assertThat(Packets.unprotectRtp(client, srtp)).isEqualTo(SrtpFailure.BAD_TAG.code());
    assertThat(Packets.unprotectRtcp(client, srtcp)).isEqualTo(SrtpFailure.BAD_TAG.code());
  }

  @Test
  void rtcpIndicesStartWhereTheyAreToldAndEndAtTheLast() {
    SrtpProfile profile = SrtpProfile.AEAD_AES_128_GCM;
    SrtpSession sender = new SrtpSession(Packets.keys(profile, true), provider, Integer.MAX_VALUE);
    byte[] last = Packets.protectRtcp(sender, Packets.rtcp(1, 4));
    assertThat(Packets.hex(last)).endsWith("ffffffff");
    assertThat(sender.nextRtcpIndex()).isEqualTo(1L << 31);
    ByteBuffer buffer = Packets.buffer(false, 0, Packets.rtcp(1, 4));
    assertThat(sender.protectRtcp(buffer, 0, 12)).isEqualTo(SrtpFailure.INDEX_EXHAUSTED.code());
    assertThat(Packets.unprotectRtcp(Packets.server(provider, profile), last)).isEqualTo(12);
  }
}
