package io.wishbone.webrtc.pacer;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.bwe.ProbeCluster;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PacerTest {

  private static final long MILLISECOND = 1_000_000;
  private static final long SECOND = 1_000 * MILLISECOND;

  private record Sent(PacketClass kind, long handle, int bytes, int cluster, long at) {}

  /// Sends what it is told to: a handle says how many bytes the packet has in its low 16 bits.
  private static final class Wire implements PacedSender {
    private final List<Sent> sent = new ArrayList<>();
    private int paddingPacket = 1_000;
    private long padded;

    @Override
    public int send(PacketClass kind, long handle, int probeCluster, long nowNanos) {
      int bytes = (int) handle & 0xFFFF;
      if (bytes > 0) {
        sent.add(new Sent(kind, handle, bytes, probeCluster, nowNanos));
      }
      return bytes;
    }

    @Override
    public int pad(int bytes, int probeCluster, long nowNanos) {
      int length = Math.min(bytes, paddingPacket);
      padded += length;
      return length;
    }

    long bytes() {
      return sent.stream().mapToLong(Sent::bytes).sum();
    }

    List<Long> numbers() {
      return sent.stream().map(packet -> packet.handle >>> 16).toList();
    }
  }

  private final Wire wire = new Wire();
  private final Pacer pacer = new Pacer(PacingPolicy.USUAL, 1_000_000);
  private long now = 7 * SECOND;

  @Test
  void hasNothingToDoWhileNothingWaits() {
    assertThat(pacer.nextTimeoutNanos()).isEqualTo(Long.MAX_VALUE);
    enqueue(PacketClass.PICTURE, 1, 1_200);
    assertThat(pacer.nextTimeoutNanos()).isLessThanOrEqualTo(now);
    pacer.handleTimeout(now, wire);
    assertThat(wire.numbers()).containsExactly(1L);
    assertThat(pacer.nextTimeoutNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void spreadsAKeyframeOverTime() {
    for (int i = 0; i < 50; i++) {
      enqueue(PacketClass.PICTURE, i, 1_200);
    }
    runUntilIdle();
    // 60,000 bytes at 2.5 Mbit/s are 192 ms; a burst goes at once.
    long last = wire.sent.getLast().at;
    assertThat(last - 7 * SECOND).isBetween(180 * MILLISECOND, 195 * MILLISECOND);
    assertThat(wire.numbers()).isSorted();
    // A burst of 5 ms is one or two packets, not all of them.
    assertThat(wire.sent.stream().filter(packet -> packet.at == 7 * SECOND)).hasSizeLessThan(4);
  }

  @Test
  void letsSoundPassAndRepairGoFirst() {
    for (int i = 0; i < 10; i++) {
      enqueue(PacketClass.PICTURE, i, 1_200);
    }
    enqueue(PacketClass.REPAIR, 100, 1_200);
    enqueue(PacketClass.SOUND, 200, 100);
    pacer.handleTimeout(now, wire);
    assertThat(wire.numbers()).startsWith(200L, 100L);
    runUntilIdle();
    now += MILLISECOND;
    for (int i = 10; i < 20; i++) {
      enqueue(PacketClass.PICTURE, i, 1_200);
    }
    pacer.handleTimeout(now, wire);
    enqueue(PacketClass.SOUND, 201, 100);
    assertThat(pacer.nextTimeoutNanos()).isLessThanOrEqualTo(now);
    pacer.handleTimeout(now, wire);
    assertThat(wire.numbers()).endsWith(201L);
  }

  @Test
  void dropsPicturesThatWaitTooLongAndWantsAKeyframe() {
    pacer.onEstimate(100_000);
    for (int i = 0; i < 100; i++) {
      enqueue(PacketClass.PICTURE, i, 1_200);
    }
    runUntilIdle();
    assertThat(pacer.pollKeyframeNeeded()).isTrue();
    assertThat(pacer.pollKeyframeNeeded()).isFalse();
    assertThat(pacer.droppedPackets()).isEqualTo(100 - wire.sent.size());
    assertThat(now - 7 * SECOND).isLessThan(1_100 * MILLISECOND);
    assertThat(pacer.waitingPackets()).isZero();
    assertThat(pacer.waitingBytes()).isZero();
  }

  @Test
  void boundsEveryQueue() {
    for (int i = 0; i < 10_000; i++) {
      enqueue(PacketClass.SOUND, i, 1);
      enqueue(PacketClass.REPAIR, i, 1);
      enqueue(PacketClass.COPY, i, 1);
      enqueue(PacketClass.PICTURE, i, 1);
      assertThat(pacer.waitingCopies()).isLessThanOrEqualTo(Pacer.MAX_COPIES);
      assertThat(pacer.waitingPackets())
          .isLessThanOrEqualTo(Pacer.MAX_SOUND + Pacer.MAX_REPAIR + Pacer.MAX_PICTURE);
    }
    assertThat(pacer.pollKeyframeNeeded()).isTrue();
    pacer.clearPictures();
    assertThat(pacer.waitingPackets()).isEqualTo(Pacer.MAX_SOUND + Pacer.MAX_REPAIR);
    pacer.handleTimeout(now, wire);
    assertThat(wire.numbers().getFirst()).as("the newest sound").isEqualTo(10_000 - 64);
  }

  @Test
  void probesWithWhatWaitsAndThenWithPadding() {
    ProbeCluster cluster = new ProbeCluster(9, 4_000_000, 15_000, 5);
    for (int i = 0; i < 4; i++) {
      enqueue(PacketClass.PICTURE, i, 1_200);
    }
    assertThat(pacer.probe(cluster)).isTrue();
    runUntilIdle();
    assertThat(wire.sent).hasSize(4).allMatch(packet -> packet.cluster == 9);
    assertThat(wire.bytes() + wire.padded).isBetween(15_000L, 16_000L);
    assertThat(pacer.paddingBytes()).isEqualTo(wire.padded);
    // 15,000 bytes at 4 Mbit/s.
    assertThat(now - 7 * SECOND).isBetween(26 * MILLISECOND, 31 * MILLISECOND);
  }

  @Test
  void givesAProbeUpThatHasNothingToProbeWith() {
    wire.paddingPacket = 0;
    pacer.probe(new ProbeCluster(9, 4_000_000, 15_000, 5));
    pacer.handleTimeout(now, wire);
    assertThat(pacer.nextTimeoutNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void refusesProbesWhileManyWait() {
    for (int i = 1; i <= 4; i++) {
      assertThat(pacer.probe(new ProbeCluster(i, 1_000_000, 5_000, 5))).isTrue();
    }
    assertThat(pacer.probe(new ProbeCluster(5, 1_000_000, 5_000, 5))).isFalse();
  }

  @Test
  void passesOverWhatTheSenderDoesNotHave() {
    enqueue(PacketClass.PICTURE, 1, 0);
    enqueue(PacketClass.PICTURE, 2, 1_200);
    pacer.handleTimeout(now, wire);
    assertThat(wire.numbers()).containsExactly(2L);
  }

  @Test
  void sendsACopyWhenABurstIsOverAndHoldsNothingUpUntilThen() {
    long began = now;
    enqueue(PacketClass.REPAIR, 1, 1_200);
    enqueue(PacketClass.COPY, 1, 1_200);
    pacer.handleTimeout(now, wire);
    assertThat(wire.sent).extracting(Sent::kind).containsExactly(PacketClass.REPAIR);

    now += 10 * MILLISECOND;
    assertThat(pacer.pass(1_200, now)).isTrue();
    assertThat(pacer.waitingCopies()).isEqualTo(1);
    runUntilIdle();

    assertThat(wire.sent)
        .extracting(Sent::kind)
        .containsExactly(PacketClass.REPAIR, PacketClass.COPY);
    assertThat(wire.sent.getLast().at())
        .isGreaterThanOrEqualTo(began + PacingPolicy.USUAL.copyWaitNanos());
  }

  @Test
  void sendsACopyAfterRepairsAndBeforePictures() {
    enqueue(PacketClass.COPY, 1, 100);
    now += PacingPolicy.USUAL.copyWaitNanos();
    enqueue(PacketClass.PICTURE, 2, 100);
    enqueue(PacketClass.REPAIR, 3, 100);
    runUntilIdle();

    assertThat(wire.numbers()).containsExactly(3L, 1L, 2L);
  }

  /// Whatever is queued and whenever somebody looks: order within a class, nothing lost or
  /// invented, no more than the rate and a burst over any stretch of time, bounded waiting, time
  /// moves on.
  @Property(tries = 200)
  void pacesWhateverComes(
      @ForAll long seed, @ForAll @IntRange(min = 50, max = 20_000) int kilobitsPerSecond) {
    SplittableRandom random = new SplittableRandom(seed);
    long bitrate = kilobitsPerSecond * 1_000L;
    Pacer tested = new Pacer(PacingPolicy.USUAL, bitrate);
    Wire out = new Wire();
    long begin = 3 * SECOND;
    long time = begin;
    long[] next = new long[PacketClass.values().length];
    for (int step = 0; step < 600; step++) {
      int burst = random.nextInt(10) == 0 ? random.nextInt(60) : random.nextInt(3);
      for (int i = 0; i < burst; i++) {
        PacketClass kind =
            random.nextInt(10) == 0
                ? PacketClass.values()[random.nextInt(PacketClass.values().length)]
                : PacketClass.PICTURE;
        int bytes = kind == PacketClass.SOUND ? 80 : 1 + random.nextInt(1_200);
        tested.enqueue(kind, next[kind.ordinal()]++ << 16 | bytes, bytes, time);
      }
      long until = time + random.nextLong(20 * MILLISECOND);
      while (tested.nextTimeoutNanos() <= until) {
        time = Math.max(time, tested.nextTimeoutNanos());
        long before = tested.nextTimeoutNanos();
        tested.handleTimeout(time, out);
        assertThat(tested.nextTimeoutNanos() > time || tested.nextTimeoutNanos() > before)
            .as("time moves on")
            .isTrue();
      }
      time = until;
    }
    long waiting = tested.waitingPackets() + tested.waitingCopies();
    assertThat(out.sent.size() + tested.droppedPackets() + waiting)
        .isEqualTo(Arrays.stream(next).sum());
    for (PacketClass kind : PacketClass.values()) {
      assertThat(out.sent.stream().filter(s -> s.kind == kind).map(s -> s.handle >>> 16).toList())
          .isSorted()
          .doesNotHaveDuplicates();
    }
    double bytesASecond = 2.5 * bitrate / 8;
    long sum = 0;
    int from = 0;
    List<Sent> paced = out.sent.stream().filter(s -> s.kind != PacketClass.SOUND).toList();
    for (int to = 0; to < paced.size(); to++) {
      sum += paced.get(to).bytes;
      while (paced.get(to).at - paced.get(from).at > 200 * MILLISECOND) {
        sum -= paced.get(from++).bytes;
      }
      double seconds = (paced.get(to).at - paced.get(from).at) / 1e9;
      assertThat((double) sum).isLessThanOrEqualTo(bytesASecond * (seconds + 0.0051) + 2 * 1_200);
    }
  }

  private void enqueue(PacketClass kind, long number, int bytes) {
    pacer.enqueue(kind, number << 16 | bytes, bytes, now);
  }

  private void runUntilIdle() {
    while (pacer.nextTimeoutNanos() != Long.MAX_VALUE) {
      now = Math.max(now, pacer.nextTimeoutNanos());
      pacer.handleTimeout(now, wire);
    }
  }
}
