package io.wishbone.node.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.nack.HistoryLimits;
import io.wishbone.webrtc.nack.PacketHistory;
import io.wishbone.webrtc.nack.PacketMemory;
import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.rtp.RtpHeaderWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LayerLedgerTest {
  private static final int SEEDS = 400;
  private static final int[] PATTERN = {0, 2, 1, 2};

  /// A packet of VP9 as it is sent: 15 bits of picture id, layers, not flexible.
  private record Sent(
      long index, int picture, int spatial, int temporal, boolean first, boolean last) {
    ByteBuffer bytes() {
      ByteBuffer buffer = ByteBuffer.allocate(64);
      int length =
          new RtpHeaderWriter()
              .start(last && spatial == 2, 98, (int) index & 0xFFFF, picture * 3000L, 7)
              .write(buffer, 0);
      buffer.put(
          length, (byte) (0xA0 | (picture == 0 ? 0 : 0x40) | (first ? 8 : 0) | (last ? 4 : 0)));
      buffer.putShort(length + 1, (short) (0x8000 | picture & 0x7FFF));
      buffer.put(length + 3, (byte) (temporal << 5 | 0x10 | spatial << 1));
      buffer.put(length + 4, (byte) 0);
      return buffer.slice(0, length + 12);
    }
  }

  private static List<Sent> stream(SplittableRandom random, long first) {
    List<Sent> sent = new ArrayList<>();
    long index = first;
    for (int picture = 0; picture < 60; picture++) {
      for (int spatial = 0; spatial < 3; spatial++) {
        int packets = 1 + random.nextInt(3);
        for (int i = 0; i < packets; i++) {
          sent.add(
              new Sent(index++, picture, spatial, PATTERN[picture % 4], i == 0, i == packets - 1));
        }
      }
    }
    return sent;
  }

  private final PacketHistory history =
      new PacketHistory(new PacketMemory(8 << 20), HistoryLimits.VIDEO);
  private final LayerLedger ledger = new LayerLedger(history, Codec.VP9, 0);

  private SourcePacket arrive(Sent sent) {
    SourcePacket packet = packet(sent);
    ledger.enter(packet);
    ByteBuffer bytes = sent.bytes();
    history.put(sent.index(), bytes, 0, bytes.capacity(), sent.picture() * 3000L, false, 0);
    return packet;
  }

  private static SourcePacket packet(Sent sent) {
    var packet = new SourcePacket();
    ByteBuffer bytes = sent.bytes();
    assertThat(packet.wrap(bytes, 0, bytes.capacity(), sent.index(), 0)).isTrue();
    packet.classify(0, Codec.VP9);
    return packet;
  }

  /// A viewer as a row of numberings, and what it got under which number.
  private static final class Viewer {
    private final LayerFilter filter = new LayerFilter();
    private final List<EgressNumbering> numberings = new ArrayList<>();
    private final Map<Long, Long> got = new TreeMap<>();

    private EgressNumbering of(SourcePacket packet) {
      for (EgressNumbering numbering : numberings.reversed()) {
        if (numbering.covers(packet)) {
          return numbering;
        }
      }
      throw new AssertionError("no numbering for " + packet.index());
    }

    void take(SourcePacket packet) {
      if (numberings.isEmpty()) {
        filter.begin();
        numberings.add(EgressNumbering.beginning(packet, filter.current(), 5000, 0));
      } else if (filter.changesAt(packet)) {
        numberings.add(numberings.getLast().retargeted(packet, filter.current()));
      }
      EgressNumbering numbering = of(packet);
      if (numbering.includes(packet)) {
        assertThat(got.put(numbering.index(packet), packet.index())).isNull();
      }
    }
  }

  @Test
  void givesEveryViewerOneRowOfNumbersWhateverIsLostAndLate() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      new LayerLedgerTest().check(new SplittableRandom(seed), seed);
    }
  }

  private void check(SplittableRandom random, long seed) {
    long first = random.nextLong(100_000);
    List<Sent> sent = stream(random, first);
    Map<Integer, List<Sent>> late = new HashMap<>();
    List<Viewer> viewers = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      viewers.add(new Viewer());
    }
    double loss = random.nextDouble(0.2);
    for (int i = 0; i < sent.size(); i++) {
      if (i > 0 && random.nextDouble() < loss) {
        late.computeIfAbsent(
                Math.min(sent.size() - 1, i + 1 + random.nextInt(30)), _ -> new ArrayList<>())
            .add(sent.get(i));
      } else {
        show(arrive(sent.get(i)), viewers);
      }
      for (Sent after : late.getOrDefault(i, List.of())) {
        show(arrive(after), viewers);
      }
      viewers.get(random.nextInt(viewers.size())).filter.want(random.nextInt(LayerTarget.COUNT));
    }
    for (Viewer viewer : viewers) {
      long expected = 5000;
      for (long number : viewer.got.keySet()) {
        assertThat(number).as("seed %s", seed).isEqualTo(expected++);
      }
    }
    for (Viewer viewer : viewers) {
      viewer.got.forEach((number, index) -> assertIsFound(viewer, sent, first, number, index));
    }
  }

  private static void show(SourcePacket packet, List<Viewer> viewers) {
    viewers.forEach(viewer -> viewer.take(packet));
  }

  /// A packet that is sent again has its number again, and the number finds it.
  private void assertIsFound(Viewer viewer, List<Sent> sent, long first, long number, long index) {
    SourcePacket again = packet(sent.get((int) (index - first)));
    assertThat(ledger.recall(again)).isTrue();
    EgressNumbering numbering = viewer.of(again);
    assertThat(numbering.includes(again)).isTrue();
    assertThat(numbering.index(again)).isEqualTo(number);
    assertThat(ledger.find(numbering.sourceNumber(number), numbering.target())).isEqualTo(index);
  }

  @Test
  void growsWithWhatIsHeldAndNoFurther() {
    long now = 0;
    for (int picture = 0; picture < 20_000; picture++) {
      var sent = new Sent(picture, picture, 0, PATTERN[picture % 4], true, true);
      SourcePacket packet = packet(sent);
      ledger.enter(packet);
      ByteBuffer bytes = sent.bytes();
      now += 1_000_000;
      history.put(picture, bytes, 0, bytes.capacity(), picture * 3000L, false, now);
    }

    assertThat(ledger.entries()).isBetween(1_500, LayerLedger.MAX_ENTRIES);
  }

  @Test
  void costsNothingWithoutLayers() {
    for (int picture = 0; picture < 1_000; picture++) {
      arrive(new Sent(picture, picture, 0, 0, true, true));
    }

    assertThat(ledger.entries()).isZero();
    assertThat(ledger.isLayered()).isFalse();
    assertThat(ledger.find(77, 0)).isEqualTo(77);
  }

  @Test
  void beginsAnewAfterAHoleThatIsNoLoss() {
    arrive(new Sent(10, 0, 0, 0, true, true));
    arrive(new Sent(11, 1, 0, 2, true, true));
    SourcePacket far = arrive(new Sent(1_000_000, 2, 0, 0, true, true));

    assertThat(ledger.knows(11)).isFalse();
    assertThat(ledger.knows(999_999)).isFalse();
    assertThat(ledger.left(far.index(), LayerTarget.of(0, 0))).isEqualTo(1);
    SourcePacket lost = packet(new Sent(11, 1, 0, 2, true, true));
    assertThat(ledger.recall(lost)).isFalse();
  }

  @Test
  void givesAPictureFromItsLowestPartOnOrNotAtAll() {
    var filter = new LayerFilter();
    filter.want(LayerTarget.of(2, 0));
    filter.begin();
    for (Sent sent : stream(new SplittableRandom(1), 100)) {
      SourcePacket packet = arrive(sent);
      if (sent.picture() == 1 && sent.spatial() == 1) {
        filter.want(LayerTarget.ALL); // in the midst of a picture that the viewer does not get
      }
      boolean changes = filter.changesAt(packet);
      assertThat(changes)
          .as("picture %s, spatial layer %s", sent.picture(), sent.spatial())
          .isEqualTo(sent.picture() == 5 && sent.spatial() == 0 && sent.first());
      if (changes) {
        return;
      }
    }
    throw new AssertionError("never got more");
  }
}
