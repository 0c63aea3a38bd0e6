package io.wishbone.webrtc.nack;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.rtcp.Nack;
import io.wishbone.webrtc.rtp.SequenceNumbers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class NackGeneratorTest {

  private static final long MILLISECOND = 1_000_000;
  private static final long SENDER = 7;
  private static final long MEDIA = 0xCAFEL;

  private final NackGenerator generator = new NackGenerator(SENDER, MEDIA, NackPolicy.VIDEO);
  private long now = 1_000_000_000L;

  @Test
  void asksForNothingWhileNothingIsMissing() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(generator.onPacket(i, now)).isEqualTo(Arrival.NEW);
    }
    assertThat(generator.nextTimeoutNanos()).isEqualTo(Long.MAX_VALUE);
    assertThat(generator.handleTimeout(now)).isEmpty();
  }

  @Test
  void asksForWhatIsMissingAfterAShortWait() {
    receive(65_534, 65_537);
    assertThat(generator.nextTimeoutNanos()).isEqualTo(now + 5 * MILLISECOND);
    assertThat(generator.handleTimeout(now + 4 * MILLISECOND)).isEmpty();
    assertThat(asked()).containsExactly(new Nack(SENDER, MEDIA, List.of(65_535, 0)));
  }

  @Test
  void doesNotAskForWhatIsJustLate() {
    receive(1, 3);
    now += 2 * MILLISECOND;
    assertThat(generator.onPacket(2, now)).isEqualTo(Arrival.FILLED);
    assertThat(generator.nextTimeoutNanos()).isEqualTo(Long.MAX_VALUE);
    assertThat(generator.reordered()).isEqualTo(1);
    assertThat(generator.recovered()).isZero();
  }

  @Test
  void waitsLongerOnAPathThatReorders() {
    receive(1, 3);
    now += 4 * MILLISECOND + MILLISECOND / 2;
    receive(2);
    for (int i = 4; i < 40; i += 2) {
      receive(i + 1);
      now += 4 * MILLISECOND + MILLISECOND / 2;
      receive(i);
    }
    receive(100);
    assertThat(generator.nextTimeoutNanos() - now).isBetween(5 * MILLISECOND, 20 * MILLISECOND);
    assertThat(generator.nextTimeoutNanos() - now).isGreaterThan(5 * MILLISECOND);
  }

  @Test
  void asksAgainAfterARoundTrip() {
    generator.onRoundTrip(100 * MILLISECOND);
    for (int i = 0; i < 60; i++) {
      generator.onRoundTrip(100 * MILLISECOND);
    }
    receive(1, 3);
    asked();
    long first = now;
    assertThat(asked()).hasSize(1);
    assertThat(now - first).isBetween(100 * MILLISECOND, 105 * MILLISECOND);
  }

  @Test
  void measuresTheRoundTripByWhatComesBack() {
    receive(1, 3);
    asked();
    now += 80 * MILLISECOND;
    receive(2);
    assertThat(generator.roundTripNanos()).isEqualTo(80 * MILLISECOND);
    assertThat(generator.recovered()).isEqualTo(1);
  }

  @Test
  void noticesThatTheRoundTripIsLongerThanItsPatience() {
    generator.onRoundTrip(20 * MILLISECOND);
    for (int i = 0; i < 50; i++) {
      receive(2 * i, 2 * i + 2);
      long lost = now;
      asked();
      long requested = now;
      while (generator.nextTimeoutNanos() < requested + 90 * MILLISECOND) {
        asked();
      }
      now = requested + 90 * MILLISECOND;
      assertThat(now).isGreaterThan(lost);
      receive(2 * i + 1);
    }
    assertThat(generator.roundTripNanos()).isBetween(80 * MILLISECOND, 100 * MILLISECOND);
  }

  @Test
  void givesUpAfterSoManyRequestsAndWantsAKeyframe() {
    generator.onRoundTrip(10 * MILLISECOND);
    receive(1, 3);
    int requests = 0;
    while (generator.nextTimeoutNanos() != Long.MAX_VALUE) {
      requests += asked().size();
    }
    assertThat(requests).isEqualTo(NackPolicy.VIDEO.maxRequests());
    assertThat(generator.givenUp()).isEqualTo(1);
    assertThat(generator.pollKeyframeNeeded()).isTrue();
    assertThat(generator.pollKeyframeNeeded()).isFalse();
    assertThat(generator.onPacket(2, now)).isEqualTo(Arrival.STALE);
  }

  @Test
  void givesUpWhatIsTooOld() {
    generator.onRoundTrip(400 * MILLISECOND);
    receive(1, 3);
    long lost = now;
    while (generator.missing() > 0) {
      asked();
    }
    assertThat(now - lost).isLessThan(2 * NackPolicy.VIDEO.maxAgeNanos());
    assertThat(generator.givenUp()).isEqualTo(1);
  }

  @Test
  void wantsNoKeyframeForWhatANewerOneReplaced() {
    receive(1, 3, 4);
    generator.onKeyframe(4);
    while (generator.missing() > 0) {
      asked();
    }
    assertThat(generator.pollKeyframeNeeded()).isFalse();
  }

  @Test
  void takesAGreatGapForABreak() {
    receive(1, 1_000_000);
    assertThat(generator.missing()).isZero();
    assertThat(generator.nextTimeoutNanos()).isEqualTo(Long.MAX_VALUE);
    assertThat(generator.pollKeyframeNeeded()).isTrue();
    assertThat(generator.givenUp()).isEqualTo(999_998);
  }

  @Test
  void forgetsWhatIsOlderThanAKeyframeFirst() {
    receive(0);
    for (int i = 0; i < 900; i++) {
      receive(2 * i + 2);
    }
    generator.onKeyframe(1_500);
    receive(1_800 + 201);
    assertThat(generator.missing()).isEqualTo(900 - 750 + 200);
    assertThat(generator.pollKeyframeNeeded()).isFalse();
    receive(1_800 + 201 + 700, 1_800 + 201 + 1_400);
    assertThat(generator.missing()).isLessThanOrEqualTo(NackPolicy.VIDEO.maxMissing());
    assertThat(generator.pollKeyframeNeeded()).isTrue();
  }

  @Test
  void spreadsManyNumbersOverSeveralPackets() {
    receive(0, 701);
    List<Nack> nacks = asked();
    assertThat(nacks).hasSize(3);
    assertThat(nacks)
        .allSatisfy(n -> assertThat(n.sequenceNumbers()).hasSizeLessThanOrEqualTo(240));
    assertThat(nacks.stream().mapToInt(n -> n.sequenceNumbers().size()).sum()).isEqualTo(700);
  }

  @Test
  void saysOfDuplicatesThatNobodyWaitsForThem() {
    receive(10, 12, 11);
    assertThat(generator.onPacket(11, now)).isEqualTo(Arrival.STALE);
    assertThat(generator.onPacket(12, now)).isEqualTo(Arrival.STALE);
    assertThat(generator.onPacket(9, now)).isEqualTo(Arrival.STALE);
  }

  /// Random loss, reordering and duplication, with a sender that answers some requests: every
  /// packet is accounted for once, only missing ones are asked for, and all bounds hold.
  @Property(tries = 100)
  void agreesWithASimpleModel(
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 40) int lossPercent,
      @ForAll @IntRange(min = 1, max = 200) int roundTripMillis) {
    SplittableRandom random = new SplittableRandom(seed);
    NackPolicy policy =
        new NackPolicy(
            5 * MILLISECOND, 15 * MILLISECOND, 60 * MILLISECOND, 6, 500 * MILLISECOND, 300, 100);
    NackGenerator tested = new NackGenerator(SENDER, MEDIA, policy);
    record Coming(long at, long index) {}
    PriorityQueue<Coming> coming = new PriorityQueue<>((a, b) -> Long.compare(a.at, b.at));
    Set<Long> received = new HashSet<>();
    Map<Long, Integer> requested = new HashMap<>();
    long first = random.nextLong(1L << 40);
    long sent = first;
    long highest = Long.MIN_VALUE;
    long lowest = Long.MAX_VALUE;
    long filled = 0;
    long time = 1;
    for (int step = 0; step < 1_500; step++) {
      time += random.nextLong(6 * MILLISECOND);
      long index = sent++;
      if (random.nextInt(400) == 0) {
        sent += random.nextInt(150);
      }
      if (random.nextInt(100) >= lossPercent) {
        coming.add(new Coming(time + random.nextLong(10 * MILLISECOND), index));
      }
      if (random.nextInt(50) == 0) {
        coming.add(new Coming(time + random.nextLong(30 * MILLISECOND), index));
      }
      while (!coming.isEmpty() && coming.peek().at <= time) {
        Coming packet = coming.remove();
        Arrival arrival = tested.onPacket(packet.index, packet.at);
        boolean isFirst = received.isEmpty();
        boolean isNew = received.add(packet.index);
        if (packet.index > highest) {
          assertThat(arrival).isEqualTo(Arrival.NEW);
          highest = packet.index;
          lowest = isFirst ? packet.index : lowest;
        } else if (!isNew || packet.index < lowest) {
          assertThat(arrival).isEqualTo(Arrival.STALE);
        } else {
          assertThat(arrival).isIn(Arrival.FILLED, Arrival.STALE);
          filled += arrival == Arrival.FILLED ? 1 : 0;
        }
      }
      if (time >= tested.nextTimeoutNanos()) {
        for (Nack nack : tested.handleTimeout(time)) {
          for (int number : nack.sequenceNumbers()) {
            long asked = highest + SequenceNumbers.distance(number, (int) highest & 0xFFFF);
            assertThat(received.contains(asked)).as("%d is there", asked).isFalse();
            assertThat(asked).isBetween(lowest, highest);
            assertThat(requested.merge(asked, 1, Integer::sum)).isLessThanOrEqualTo(6);
            if (random.nextInt(100) >= lossPercent) {
              coming.add(new Coming(time + roundTripMillis * MILLISECOND, asked));
            }
          }
        }
        assertThat(tested.nextTimeoutNanos()).isGreaterThan(time);
      }
      assertThat(tested.missing()).isLessThanOrEqualTo(300);
      assertThat(tested.detected())
          .isEqualTo(tested.reordered() + tested.recovered() + tested.givenUp() + tested.missing());
    }
    assertThat(tested.reordered() + tested.recovered()).isEqualTo(filled);
  }

  private void receive(long... indexes) {
    for (long index : indexes) {
      generator.onPacket(index, now);
    }
  }

  /// What is asked at the next timeout.
  private List<Nack> asked() {
    now = Math.max(now, generator.nextTimeoutNanos());
    return new ArrayList<>(generator.handleTimeout(now));
  }
}
