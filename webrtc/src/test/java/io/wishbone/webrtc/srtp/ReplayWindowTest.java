package io.wishbone.webrtc.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

class ReplayWindowTest {

  private static final int WIDTH = 128;

  @Test
  void remembersAsManyIndicesAsItIsWide() {
    ReplayWindow window = new ReplayWindow(WIDTH, ReplayWindow.NOTHING_RECEIVED);
    window.enter(1000);
    assertThat(window.isTooOld(1000 - WIDTH)).isTrue();
    assertThat(window.isTooOld(1000 - WIDTH + 1)).isFalse();
    assertThat(window.isReceived(1000 - WIDTH + 1)).isFalse();
    assertThat(window.isReceived(1000)).isTrue();
    assertThat(window.isReceived(1001)).isFalse();
  }

  @Test
  void countsNothingAsReceivedWhenResumed() {
    ReplayWindow window = new ReplayWindow(WIDTH, 5000);
    assertThat(window.isReceived(5000)).isFalse();
    assertThat(window.isTooOld(5000 - WIDTH)).isTrue();
  }

  /// Steps forward and back, most of them small, some beyond the window.
  @Provide
  Arbitrary<List<Integer>> steps() {
    return Arbitraries.frequencyOf(
            Tuple.of(8, Arbitraries.integers().between(-20, 20)),
            Tuple.of(2, Arbitraries.integers().between(-2 * WIDTH, 2 * WIDTH)),
            Tuple.of(1, Arbitraries.integers().between(0, 100_000)))
        .list()
        .ofMaxSize(300);
  }

  @Property
  void answersLikeASetOfAllThatWasEntered(@ForAll("steps") List<Integer> steps) {
    ReplayWindow window = new ReplayWindow(WIDTH, ReplayWindow.NOTHING_RECEIVED);
    Set<Long> entered = new HashSet<>();
    long highest = -1;
    long index = 0;
    for (int step : steps) {
      index = Math.max(0, index + step);
      boolean isTooOld = index <= highest - WIDTH;
      assertThat(window.isTooOld(index)).isEqualTo(isTooOld);
      if (!isTooOld) {
        assertThat(window.isReceived(index)).isEqualTo(entered.contains(index));
        if (entered.add(index)) {
          window.enter(index);
        }
        highest = Math.max(highest, index);
      }
      assertThat(window.highest()).isEqualTo(highest);
    }
  }
}
