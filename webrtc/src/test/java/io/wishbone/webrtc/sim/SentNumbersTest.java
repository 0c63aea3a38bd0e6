package io.wishbone.webrtc.sim;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class SentNumbersTest {
  private static final InetSocketAddress THERE = new InetSocketAddress("10.0.0.9", 9);
  private final SentNumbers numbers = new SentNumbers();

  private static byte[] packet(int number, int content) {
    byte[] datagram = new byte[40];
    datagram[0] = (byte) 0x80;
    datagram[1] = 96;
    datagram[2] = (byte) (number >> 8);
    datagram[3] = (byte) number;
    datagram[11] = 1;
    datagram[30] = (byte) content;
    return datagram;
  }

  @Test
  void findsANumberThatIsUsedForTwoPackets() {
    numbers.onDatagram(packet(0xFFFF, 1), THERE);
    numbers.onDatagram(packet(0, 2), THERE);
    assertThatThrownBy(() -> numbers.onDatagram(packet(0xFFFF, 3), THERE))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("65535");
  }

  @Test
  void takesNoOffenceAtTheSameBytesAgainNorAtTheNextCircle() {
    numbers.onDatagram(packet(7, 1), THERE);
    assertThatCode(() -> numbers.onDatagram(packet(7, 1), THERE)).doesNotThrowAnyException();
    for (int number = 0; number < 3 << 14; number += 1 << 12) {
      numbers.onDatagram(packet(number + 8, 2), THERE);
    }
    assertThatCode(() -> numbers.onDatagram(packet(7, 3), THERE)).doesNotThrowAnyException();
  }
}
