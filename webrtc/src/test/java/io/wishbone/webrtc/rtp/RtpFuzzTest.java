package io.wishbone.webrtc.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.wishbone.webrtc.fuzz.TimeBound;

/// Arbitrary bytes as an RTP packet: refused, or consistent in itself. The buffer ends where the
/// bytes end, so that reading too far throws.
class RtpFuzzTest {

  private final RtpPacket packet = new RtpPacket();

  @FuzzTest
  void whateverIsAcceptedLiesWithinItsBytes(byte[] datagram) {
    TimeBound.hold(() -> read(datagram));
  }

  private void read(byte[] datagram) {
    WireBytes wire = WireBytes.exactly(datagram);
    if (!packet.wrap(wire.buffer(), 0, datagram.length)) {
      return;
    }
    assertThat(packet.headerLength() + packet.payloadLength() + packet.paddingLength())
        .isEqualTo(datagram.length);
    assertThat(packet.payloadLength()).isNotNegative();
    for (int id = 0; id <= 255; id++) {
      int data = packet.extensionOffset(id);
      if (data >= 0
          && (data < 16 + 4 * packet.csrcCount()
              || data + packet.extensionLength(id) > packet.headerLength())) {
        throw new AssertionError("extension " + id + " lies outside of the header");
      }
    }
  }
}
