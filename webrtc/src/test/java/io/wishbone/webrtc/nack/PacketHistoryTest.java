package io.wishbone.webrtc.nack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PacketHistoryTest {

  private static final long MILLISECOND = 1_000_000;
  private static final long SECOND = 1_000 * MILLISECOND;

  private final PacketMemory memory = new PacketMemory(16 << 20);
  private final ByteBuffer scratch = ByteBuffer.allocateDirect(4096);
  private long now = 5 * SECOND;

  @Test
  void givesBackWhatWasPut() {
    PacketHistory history = new PacketHistory(memory, HistoryLimits.VIDEO);
    for (long index = 65_500; index < 65_600; index++) {
      assertThat(put(history, index, 40 + (int) (index % 1000))).isTrue();
    }
    for (long index = 65_500; index < 65_600; index++) {
      assertHolds(history, index, 40 + (int) (index % 1000));
    }
    assertThat(history.held()).isEqualTo(100);
    assertThat(history.highest()).isEqualTo(65_599);
  }

  @Test
  void keepsTheFirstOfTwoCopies() {
    PacketHistory history = new PacketHistory(memory, HistoryLimits.VIDEO);
    assertThat(put(history, 7, 100)).isTrue();
    assertThat(put(history, 7, 200)).isFalse();
    assertHolds(history, 7, 100);
    assertThat(history.held()).isEqualTo(1);
  }

  @Test
  void takesPacketsFromBeforeAWrapWithANegativeIndex() {
    PacketHistory history = new PacketHistory(memory, HistoryLimits.VIDEO);
    put(history, 0, 100);
    put(history, -1, 100);
    assertHolds(history, -1, 100);
  }

  @Test
  void forgetsWhatIsTooOldAndGivesTheMemoryBack() {
    PacketHistory history = new PacketHistory(memory, HistoryLimits.VIDEO);
    for (int i = 0; i < 10_000; i++) {
      put(history, i, 1200);
      now += 2 * MILLISECOND;
    }
    assertThat(history.find(10)).isNegative();
    assertThat(history.isGone(10)).isTrue();
    assertThat(history.find(9_999 - 740)).isNotNegative();
    assertThat(history.usedBytes()).isLessThanOrEqualTo(950 * 1200);

    now += 2 * SECOND;
    history.expire(now);
    assertThat(history.usedBytes()).isZero();
    assertThat(history.held()).isZero();
    assertThat(memory.usedBytes()).isZero();
    assertThat(history.find(9_999)).isNegative();
    assertThat(history.isGone(9_999)).isTrue();
    assertThat(history.isGone(10_000)).isFalse();
  }

  @Test
  void tellsWhatHasGoneFromWhatMayStillCome() {
    PacketHistory history = new PacketHistory(memory, HistoryLimits.VIDEO);
    put(history, 100, 100);
    put(history, 103, 100);
    assertThat(history.isGone(99)).as("from before the first").isTrue();
    assertThat(history.isGone(101)).as("lost on the way here").isFalse();
    assertThat(history.isGone(104)).as("not sent yet").isFalse();
  }

  @Test
  void keepsTheGroupOfPicturesBeyondTheTimeForRepair() {
    PacketHistory history = new PacketHistory(memory, HistoryLimits.VIDEO);
    put(history, 1, 1000);
    now += MILLISECOND;
    putKeyframe(history, 2, 1000, 9000);
    for (int i = 3; i < 403; i++) {
      now += 20 * MILLISECOND;
      put(history, i, 1000);
    }
    GroupOfPictures group = history.group();
    assertThat(group.isThere()).isTrue();
    assertThat(group.first()).isEqualTo(2);
    assertThat(group.timestamp()).isEqualTo(9000);
    assertThat(group.packets()).isEqualTo(401);
    assertThat(group.bytes()).isEqualTo(401_000);
    for (long index = group.first(); index <= history.highest(); index++) {
      assertHolds(history, index, 1000);
    }
  }

  @Test
  void beginsAnewWithEveryKeyframe() {
    PacketHistory history = new PacketHistory(memory, HistoryLimits.VIDEO);
    for (int i = 0; i < 2_000; i++) {
      if (i % 100 == 0) {
        putKeyframe(history, i, 1200, 3000L * i);
      } else {
        put(history, i, 1200);
      }
      now += 10 * MILLISECOND;
    }
    assertThat(history.group().first()).isEqualTo(1_900);
    assertThat(history.usedBytes()).isLessThan(300 * 1200);
  }

  @Test
  void countsTheParameterSetsThatWereRepairedLater() {
    PacketHistory history = new PacketHistory(memory, HistoryLimits.VIDEO);
    put(history, 9, 100);
    putKeyframe(history, 12, 500, 7000);
    put(history, 13, 600);
    putKeyframe(history, 11, 20, 7000);
    assertThat(history.group().first()).isEqualTo(11);
    assertThat(history.group().packets()).isEqualTo(3);
    assertThat(history.group().bytes()).isEqualTo(1120);
  }

  @Test
  void isNotMovedBackByAnOlderKeyframeThatComesLate() {
    PacketHistory history = new PacketHistory(memory, HistoryLimits.VIDEO);
    putKeyframe(history, 20, 500, 7000);
    putKeyframe(history, 10, 500, 1000);
    assertThat(history.group().first()).isEqualTo(20);
  }

  @Test
  void givesUpAGroupThatGetsTooLongOrTooBig() {
    HistoryLimits limits = new HistoryLimits(SECOND, 4 * SECOND, 200_000, 1 << 20, 1024);
    PacketHistory history = new PacketHistory(memory, limits);
    putKeyframe(history, 0, 1000, 1);
    now += 5 * SECOND;
    put(history, 1, 1000);
    assertThat(history.group().isThere()).as("too long").isFalse();

    putKeyframe(history, 2, 1000, 2);
    for (int i = 3; i < 300; i++) {
      put(history, i, 1000);
    }
    assertThat(history.group().isThere()).as("too big").isFalse();
  }

  @Test
  void staysWithinItsOwnBytes() {
    HistoryLimits limits = new HistoryLimits(10 * SECOND, 10 * SECOND, 256 << 10, 256 << 10, 1024);
    PacketHistory history = new PacketHistory(memory, limits);
    putKeyframe(history, 0, 1200, 1);
    for (int i = 1; i < 2_000; i++) {
      assertThat(put(history, i, 1200)).isTrue();
      assertThat(history.usedBytes()).isLessThanOrEqualTo(256 << 10);
    }
    assertHolds(history, 1_999, 1200);
    assertHolds(history, 1_900, 1200);
    assertThat(history.group().isThere()).isFalse();
  }

  @Test
  void staysWithinItsPackets() {
    HistoryLimits limits = new HistoryLimits(10 * SECOND, 0, 0, 8 << 20, 256);
    PacketHistory history = new PacketHistory(memory, limits);
    for (int i = 0; i < 10_000; i++) {
      put(history, i, 10);
    }
    assertThat(history.held()).isEqualTo(256);
    assertHolds(history, 9_744, 10);
    assertThat(history.find(9_743)).isNegative();
    assertThat(history.isGone(9_743)).isTrue();
    assertThat(put(history, 9_743, 10)).as("older than what took its place").isFalse();
  }

  @Test
  void sharesTheWorkersMemoryWithoutExceedingIt() {
    PacketMemory small = new PacketMemory(8L * PacketMemory.CHUNK_BYTES);
    List<PacketHistory> histories = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      histories.add(new PacketHistory(small, HistoryLimits.VIDEO));
    }
    for (int round = 0; round < 200; round++) {
      for (PacketHistory history : histories) {
        put(history, round, 1200);
      }
    }
    assertThat(small.reservedBytes()).isEqualTo(8L * PacketMemory.CHUNK_BYTES);
    assertThat(histories).filteredOn(history -> history.held() > 0).hasSize(8);
    assertThat(histories).filteredOn(history -> history.refused() == 200).hasSize(2);

    histories.getFirst().clear();
    histories.forEach(PacketHistory::clear);
    assertThat(small.usedBytes()).isZero();
    put(histories.getLast(), 1_000, 1200);
    assertHolds(histories.getLast(), 1_000, 1200);
  }

  @Test
  void refusesWhatNoPathCarries() {
    PacketHistory history = new PacketHistory(memory, HistoryLimits.VIDEO);
    assertThat(put(history, 1, PacketHistory.MAX_PACKET_BYTES + 1)).isFalse();
    assertThat(put(history, 2, 0)).isFalse();
    assertThat(history.refused()).isEqualTo(2);
  }

  /// Against a map that knows everything: what is found is what was put; what is young enough, and
  /// within the limits, is found.
  @Property(tries = 80)
  void holdsWhatASimpleModelHolds(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 30) int lossPercent) {
    SplittableRandom random = new SplittableRandom(seed);
    HistoryLimits limits = new HistoryLimits(SECOND, 3 * SECOND, 300_000, 512 << 10, 1024);
    PacketMemory own = new PacketMemory(1 << 20);
    PacketHistory history = new PacketHistory(own, limits);
    TreeMap<Long, Long> arrivals = new TreeMap<>();
    TreeMap<Long, Integer> lengths = new TreeMap<>();
    long next = random.nextInt(1 << 20) - (1 << 19);
    List<Long> late = new ArrayList<>();
    for (int step = 0; step < 3_000; step++) {
      now += random.nextInt((int) (6 * MILLISECOND));
      long index = next;
      if (random.nextInt(100) < lossPercent) {
        late.add(next++);
        continue;
      } else if (!late.isEmpty() && random.nextInt(100) < lossPercent) {
        index = late.remove(random.nextInt(late.size()));
      } else {
        next += random.nextInt(200) == 0 ? random.nextInt(3_000) : 1;
      }
      int length = 12 + random.nextInt(1188);
      boolean keyframe = random.nextInt(150) == 0;
      boolean put = fill(history, index, length, index * 3_000 & 0xFFFF_FFFFL, keyframe);
      if (put) {
        assertThat(arrivals).doesNotContainKey(index);
        arrivals.put(index, now);
        lengths.put(index, length);
      }
    }
    assertThat(history.usedBytes()).isLessThanOrEqualTo(512 << 10);
    long found = 0;
    for (var arrival : arrivals.entrySet()) {
      long index = arrival.getKey();
      boolean isFound = history.find(index) >= 0;
      if (isFound) {
        assertHolds(history, index, lengths.get(index));
        found++;
      } else {
        assertThat(history.isGone(index)).isTrue();
      }
      // 600 packets of at most 1200 bytes are well within bytes and packets of the limits; but a
      // jump may take the place of those 1024 numbers before it.
      boolean young = now - arrival.getValue() < 500 * MILLISECOND;
      if (young && next - index < 1024) {
        assertThat(isFound).as("index %d of %d", index, next).isTrue();
      }
    }
    assertThat(history.held()).isEqualTo(found);
    if (history.group().isThere()) {
      long packets = 0;
      for (long i = history.group().first(); i <= history.highest(); i++) {
        packets += history.find(i) >= 0 ? 1 : 0;
      }
      assertThat(history.group().packets()).isEqualTo(packets);
      assertThat(history.find(history.group().first())).isNotNegative();
    }
  }

  private boolean put(PacketHistory history, long index, int length) {
    return fill(history, index, length, 0, false);
  }

  private boolean putKeyframe(PacketHistory history, long index, int length, long timestamp) {
    return fill(history, index, length, timestamp, true);
  }

  private boolean fill(
      PacketHistory history, long index, int length, long timestamp, boolean keyframe) {
    for (int i = 0; i < length; i++) {
      scratch.put(7 + i, content(index, i));
    }
    return history.put(index, scratch, 7, length, timestamp, keyframe, now);
  }

  private static void assertHolds(PacketHistory history, long index, int length) {
    int slot = history.find(index);
    assertThat(slot).as("slot of %d", index).isNotNegative();
    assertThat(history.length(slot)).isEqualTo(length);
    for (int i = 0; i < length; i++) {
      if (history.buffer(slot).get(history.offset(slot) + i) != content(index, i)) {
        throw new AssertionError("byte " + i + " of packet " + index);
      }
    }
  }

  private static byte content(long index, int at) {
    return (byte) (index * 31 + at * 7L);
  }
}
