package io.wishbone.node.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wishbone.node.forward.SourcePacket;
import io.wishbone.webrtc.nack.HistoryLimits;
import io.wishbone.webrtc.nack.PacketMemory;
import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.sdp.FormatParameters;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BurstsTest {
  private final Bursts bursts = new Bursts();
  private final MediaStream stream = new MediaStream("demo", bursts);
  private final Track track =
      new Track(
          Codec.OPUS,
          FormatParameters.NONE,
          Map.of(),
          new PacketMemory(1 << 20),
          HistoryLimits.AUDIO);
  private final List<String> seen = new ArrayList<>();
  private final SourcePacket packet = new SourcePacket();
  private final ByteBuffer wire = ByteBuffer.allocate(2000);

  /// Notes which packet it was shown, by index and last byte.
  private class Diary implements RtpSink {
    private final String name;

    Diary(String name) {
      this.name = name;
    }

    @Override
    public void onSourceAttached(List<Track> tracks, long nowNanos) {
      seen.add(name + " attached");
    }

    @Override
    public void onSourceDetached(long nowNanos) {
      seen.add(name + " detached");
    }

    @Override
    public void onPacket(Track of, SourcePacket shown) {
      var rtp = shown.rtp();
      seen.add(name + shown.index() + ":" + rtp.buffer().get(rtp.offset() + rtp.length() - 1));
    }
  }

  private void send(MediaStream to, int index) {
    wire.put(0, (byte) 0x80).putShort(2, (short) index).put(99, (byte) index);
    assertThat(packet.wrap(wire, 0, 100, index, 7)).isTrue();
    packet.classify(0, Codec.OPUS);
    to.deliver(track, packet);
  }

  @Test
  void aBurstIsShownToOneSinkAfterTheOther() {
    stream.add(new Diary("a"), 0);
    stream.add(new Diary("b"), 0);

    send(stream, 1);
    send(stream, 2);
    assertThat(seen).isEmpty();
    assertThat(bursts.isEmpty()).isFalse();
    bursts.deliver();

    assertThat(seen).containsExactly("a1:1", "a2:2", "b1:1", "b2:2");
    assertThat(bursts.isEmpty()).isTrue();
    bursts.deliver();
    assertThat(seen).hasSize(4);
  }

  /// Several sinks are prefetched together, each of them once a burst and before its turn.
  @Test
  void eachSinkIsPrefetchedBeforeItsTurn() {
    int sinks = 2 * Burst.SINKS_AHEAD + 1;
    for (int i = 0; i < sinks; i++) {
      String name = (char) ('a' + i) + "-";
      stream.add(
          new Diary(name) {
            @Override
            public int prefetch(Track source) {
              assertThat(source).isSameAs(track);
              seen.add(name + "ahead");
              return 1;
            }
          },
          0);
    }
    send(stream, 1);
    send(stream, 2);
    bursts.deliver();

    assertThat(seen).hasSize(3 * sinks).doesNotHaveDuplicates();
    assertThat(seen.subList(0, Burst.SINKS_AHEAD)).allMatch(line -> line.endsWith("ahead"));
    for (int i = 0; i < sinks; i++) {
      String name = (char) ('a' + i) + "-";
      assertThat(seen.indexOf(name + "ahead")).isLessThan(seen.indexOf(name + "1:1"));
      assertThat(seen.indexOf(name + "1:1")).isEqualTo(seen.indexOf(name + "2:2") - 1);
    }
  }

  @Test
  void aFullBurstIsShownAtOnceAndInOrder() {
    stream.add(new Diary("a"), 0);
    for (int i = 0; i < Burst.MAX_PACKETS + 1; i++) {
      send(stream, i);
    }
    assertThat(seen).hasSize(Burst.MAX_PACKETS);
    bursts.deliver();

    assertThat(seen).hasSize(Burst.MAX_PACKETS + 1);
    assertThat(seen.getFirst()).isEqualTo("a0:0");
    assertThat(seen.getLast()).isEqualTo("a64:64");
  }

  @Test
  void whatASourceSentComesBeforeItLeavesOrIsReplaced() {
    RtpSource source = (encoding, nowNanos) -> {};
    stream.attach(source, List.of(track), 0);
    stream.add(new Diary("a"), 0);
    send(stream, 1);
    stream.attach(source, List.of(track), 0);
    send(stream, 2);
    stream.detach(source, 0);

    assertThat(seen).containsExactly("a attached", "a1:1", "a attached", "a2:2", "a detached");
  }

  @Test
  void nothingIsGatheredForNobody() {
    send(stream, 1);

    assertThat(bursts.isEmpty()).isTrue();
  }

  @Test
  void aFaultWithOneStreamKeepsNoOtherFromItsPackets() {
    stream.add(
        new Diary("x") {
          @Override
          public void onPacket(Track of, SourcePacket shown) {
            throw new IllegalStateException("a fault of ours");
          }
        },
        0);
    MediaStream other = new MediaStream("other", bursts);
    other.add(new Diary("b"), 0);
    send(stream, 1);
    send(other, 2);

    assertThatThrownBy(bursts::deliver).hasMessage("a fault of ours");
    assertThat(seen).containsExactly("b2:2");
    send(other, 3);
    bursts.deliver();
    assertThat(seen).containsExactly("b2:2", "b3:3");
  }
}
