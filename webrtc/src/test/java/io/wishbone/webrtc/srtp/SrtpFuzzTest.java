package io.wishbone.webrtc.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;

/// Arbitrary bytes, to each profile, in both kinds of memory. The seeds are packets that unprotect.
class SrtpFuzzTest {

  @FuzzTest
  void strangersAreRefusedQuietly(byte[] datagram) {
    for (SrtpProfile profile : SrtpProfile.values()) {
      SrtpSession receiver = Packets.server(profile);
      for (boolean isDirect : new boolean[] {false, true}) {
        ByteBuffer buffer = exactly(isDirect, datagram);
        assertThat(receiver.unprotectRtp(buffer, 0, datagram.length)).isLessThan(datagram.length);
        buffer.put(0, datagram);
        assertThat(receiver.unprotectRtcp(buffer, 0, datagram.length))
            .isLessThan(Math.max(datagram.length, 1));
      }
    }
  }

  @FuzzTest
  void whateverCanBeProtectedComesBack(byte[] packet) {
    for (SrtpProfile profile : SrtpProfile.values()) {
      SrtpSession sender = Packets.client(profile);
      SrtpSession receiver = Packets.server(profile);
      ByteBuffer buffer = Packets.buffer(true, 0, packet);
      int sealed = sender.protectRtp(buffer, 0, packet.length, 0);
      if (sealed > 0) {
        assertThat(receiver.unprotectRtp(buffer, 0, sealed)).isEqualTo(packet.length);
        assertThat(Packets.bytes(buffer, 0, packet.length)).isEqualTo(packet);
      }
      sealed = sender.protectRtcp(buffer, 0, packet.length);
      if (sealed > 0) {
        assertThat(receiver.unprotectRtcp(buffer, 0, sealed)).isEqualTo(packet.length);
        assertThat(Packets.bytes(buffer, 0, packet.length)).isEqualTo(packet);
      }
    }
  }

  private static ByteBuffer exactly(boolean isDirect, byte[] datagram) {
    ByteBuffer buffer =
        isDirect
            ? ByteBuffer.allocateDirect(datagram.length)
            : ByteBuffer.allocate(datagram.length);
    return buffer.put(0, datagram);
  }
}
