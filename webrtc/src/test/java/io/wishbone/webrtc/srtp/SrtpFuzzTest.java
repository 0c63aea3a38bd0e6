package io.wishbone.webrtc.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.wishbone.webrtc.fuzz.TimeBound;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;

/// Arbitrary bytes, to each profile, in both kinds of memory. The seeds are packets that unprotect.
class SrtpFuzzTest {

  /// What refuses an input is as good as new for the next one; making one costs most of the time.
  private final Map<SrtpProfile, SrtpSession> receivers = new EnumMap<>(SrtpProfile.class);

  @FuzzTest
  void strangersAreRefusedQuietly(byte[] datagram) {
    TimeBound.hold(() -> refuse(datagram));
  }

  private void refuse(byte[] datagram) {
    for (SrtpProfile profile : SrtpProfile.values()) {
      SrtpSession receiver = receivers.computeIfAbsent(profile, Packets::server);
      boolean accepted = false;
      for (boolean isDirect : new boolean[] {false, true}) {
        ByteBuffer buffer = exactly(isDirect, datagram);
        int media = receiver.unprotectRtp(buffer, 0, datagram.length);
        assertThat(media).isLessThan(datagram.length);
        buffer.put(0, datagram);
        int control = receiver.unprotectRtcp(buffer, 0, datagram.length);
        assertThat(control).isLessThan(Math.max(datagram.length, 1));
        accepted |= media >= 0 || control >= 0;
      }
      if (accepted) {
        receivers.remove(profile);
      }
    }
  }

  @FuzzTest
  void whateverCanBeProtectedComesBack(byte[] packet) {
    TimeBound.hold(() -> protect(packet));
  }

  private void protect(byte[] packet) {
    // One profile for each input, chosen by its length: making sessions costs most of the time.
    SrtpProfile profile = SrtpProfile.values()[packet.length % SrtpProfile.values().length];
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

  private static ByteBuffer exactly(boolean isDirect, byte[] datagram) {
    ByteBuffer buffer =
        isDirect
            ? ByteBuffer.allocateDirect(datagram.length)
            : ByteBuffer.allocate(datagram.length);
    return buffer.put(0, datagram);
  }
}
