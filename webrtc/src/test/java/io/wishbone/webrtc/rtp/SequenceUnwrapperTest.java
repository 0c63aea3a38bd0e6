package io.wishbone.webrtc.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SequenceUnwrapperTest {

  private final SequenceUnwrapper unwrapper = new SequenceUnwrapper();

  @Test
  void takesTheFirstNumberAsItComes() {
    assertThat(unwrapper.unwrap(65_000)).isEqualTo(65_000);
  }

  @Test
  void countsTheWraps() {
    unwrapper.unwrap(65_535);
    assertThat(unwrapper.unwrap(0)).isEqualTo(0x1_0000);
    assertThat(unwrapper.unwrap(30_000)).isEqualTo(0x1_0000 + 30_000);
    assertThat(unwrapper.unwrap(60_000)).isEqualTo(0x1_0000 + 60_000);
    assertThat(unwrapper.unwrap(5)).isEqualTo(0x2_0005);
  }

  @Test
  void placesLatePacketsBeforeTheWrap() {
    unwrapper.unwrap(65_534);
    unwrapper.unwrap(2);
    assertThat(unwrapper.unwrap(65_535)).isEqualTo(65_535);
    assertThat(unwrapper.highest()).isEqualTo(0x1_0002);
  }

  @Test
  void placesNumbersFromBeforeTheFirstBelowZero() {
    unwrapper.unwrap(1);
    long before = unwrapper.unwrap(65_535);
    assertThat(before).isEqualTo(-1);
    assertThat(before & 0xFFFF).isEqualTo(65_535);
  }

  @Test
  void continuesFromANumberKnownFromElsewhere() {
    assertThat(new SequenceUnwrapper(0x5_FFFFL).unwrap(3)).isEqualTo(0x6_0003);
  }

  @Property
  void followsAnyWalkOfLessThanHalfTheCircle(
      @ForAll @IntRange(max = 65535) int start,
      @ForAll List<@IntRange(min = -32_767, max = 32_767) Integer> steps) {
    SequenceUnwrapper walker = new SequenceUnwrapper();
    long highest = walker.unwrap(start);
    for (int step : steps) {
      long wanted = highest + step;
      assertThat(walker.unwrap((int) wanted & 0xFFFF)).isEqualTo(wanted);
      highest = Math.max(highest, wanted);
    }
    assertThat(walker.highest()).isEqualTo(highest);
  }
}
