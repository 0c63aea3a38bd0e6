package io.wishbone.node.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.node.forward.LayerSelector;
import io.wishbone.webrtc.nack.HistoryLimits;
import io.wishbone.webrtc.nack.PacketMemory;
import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.sdp.FormatParameters;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrackTest {
  private static final long MILLI = 1_000_000;

  private final Track track =
      new Track(
          Codec.VP8,
          FormatParameters.NONE,
          Map.of(),
          new PacketMemory(1 << 20),
          HistoryLimits.VIDEO);
  private long now = 1000 * MILLI;

  private void send(int millis, Encoding encoding, int bytesEachTenMillis) {
    send(millis, encoding, bytesEachTenMillis, encoding, 0);
  }

  private void send(int millis, Encoding one, int bytesOfOne, Encoding other, int bytesOfOther) {
    for (int i = 0; i < millis / 10; i++) {
      now += 10 * MILLI;
      if (bytesOfOne > 0) {
        track.count(one, bytesOfOne, now);
      }
      if (bytesOfOther > 0) {
        track.count(other, bytesOfOther, now);
      }
    }
  }

  @Test
  void prefersNothingBeforeTheFirstPacket() {
    assertThat(track.preferred()).isEqualTo(LayerSelector.NONE);
  }

  @Test
  void prefersTheEncodingWithTheHighestBitrate() {
    Encoding low = track.add(1, "l", now);
    Encoding high = track.add(2, "h", now);

    send(100, low, 200);
    assertThat(track.preferred()).isEqualTo(low.id());

    send(1000, low, 200, high, 1000);
    assertThat(track.preferred()).isEqualTo(high.id());
  }

  @Test
  void doesNotMoveBetweenEncodingsThatAreAlike() {
    Encoding one = track.add(1, "a", now);
    Encoding other = track.add(2, "b", now);
    send(600, one, 1000, other, 1000);
    int preferred = track.preferred();

    send(2000, one, 1100, other, 1000);
    send(2000, one, 1000, other, 1100);

    assertThat(track.preferred()).isEqualTo(preferred);
  }

  @Test
  void fallsBackWhenThePreferredEncodingStops() {
    Encoding low = track.add(1, "l", now);
    Encoding high = track.add(2, "h", now);
    send(1500, low, 200, high, 1000);
    assertThat(track.preferred()).isEqualTo(high.id());

    send(1700, low, 200);

    assertThat(track.preferred()).isEqualTo(low.id());
  }

  @Test
  void keepsItsPreferenceThroughASilenceOfAllEncodings() {
    Encoding low = track.add(1, "l", now);
    Encoding high = track.add(2, "h", now);
    send(1500, low, 200, high, 1000);

    now += 10_000 * MILLI;
    track.count(high, 1000, now);

    assertThat(track.preferred()).isEqualTo(high.id());
  }

  @Test
  void followsASourceThatChangesItsSsrc() {
    Encoding before = track.add(1, null, now);
    send(1000, before, 1000);

    Encoding after = track.add(2, null, now);

    assertThat(track.preferred()).isEqualTo(after.id());
  }

  @Test
  void remembersABoundedNumberOfEncodings() {
    for (int ssrc = 0; ssrc < 1000; ssrc++) {
      now += MILLI;
      track.add(ssrc, null, now);
    }

    assertThat(track.encodings()).hasSize(8);
    assertThat(track.encodings().getLast().ssrc()).isEqualTo(999);
  }
}
