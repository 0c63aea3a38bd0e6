package io.wishbone.webrtc.srtp;

import static io.wishbone.webrtc.srtp.Packets.SSRC;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class AnyOrderTest {

  /// The network reorders within a window, duplicates, and drops; sequence numbers start anywhere
  /// and wrap.
  @Property(tries = 100)
  void everyPacketThatArrivesIsReadExactlyOnce(
      @ForAll SrtpProfile profile,
      @ForAll @IntRange(min = 0, max = 65_535) int first,
      @ForAll @IntRange(min = 1, max = 150) int count,
      @ForAll @IntRange(min = 1, max = 128) int disorder,
      @ForAll long seed) {
    Random random = new Random(seed);
    List<Long> arrivals = arrivals(first, count, disorder, random);
    SrtpSession sender = Packets.client(profile);
    SrtpSession receiver = Packets.server(profile);
    assertThat(Packets.unprotectRtp(receiver, sealed(sender, first))).isPositive();

    boolean[] isRead = new boolean[count];
    isRead[0] = true;
    for (long index : arrivals) {
      int at = (int) (index - first);
      int result = Packets.unprotectRtp(receiver, sealed(sender, index));
      if (isRead[at]) {
        assertThat(result).isEqualTo(SrtpFailure.REPLAYED.code());
      } else {
        assertThat(result).isEqualTo(32);
        assertThat(receiver.packetIndex()).isEqualTo(index);
        isRead[at] = true;
      }
    }
  }

  private static List<Long> arrivals(int first, int count, int disorder, Random random) {
    List<Long> arrivals = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int copies = random.nextInt(10) == 0 ? random.nextInt(4) : 1;
      arrivals.addAll(Collections.nCopies(copies, (long) first + i));
    }
    for (int from = 0; from < arrivals.size(); from += disorder) {
      int to = Math.min(from + disorder, arrivals.size());
      Collections.shuffle(arrivals.subList(from, to), random);
    }
    return arrivals;
  }

  private static byte[] sealed(SrtpSession sender, long index) {
    byte[] packet = Packets.rtp(SSRC, (int) (index & 0xffff), 20);
    return Packets.protectRtp(sender, packet, (int) (index >>> 16));
  }
}
