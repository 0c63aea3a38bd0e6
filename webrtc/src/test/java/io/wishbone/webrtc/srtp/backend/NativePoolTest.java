package io.wishbone.webrtc.srtp.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class NativePoolTest {

  private final NativePool pool = new NativePool();
  private int made;

  private MemorySegment make() {
    made++;
    return Arena.ofAuto().allocate(16);
  }

  @Test
  void givesWhatWasGivenBackBeforeItMakesMore() {
    MemorySegment first = pool.take(this::make);
    MemorySegment second = pool.take(this::make);
    assertThat(second).isNotSameAs(first);
    pool.give(first);
    assertThat(pool.take(this::make)).isSameAs(first);
    assertThat(pool.take(this::make)).isNotSameAs(first).isNotSameAs(second);
    assertThat(made).isEqualTo(3);
  }

  @Test
  void needsNoMoreThanAreUsedAtATime() {
    for (int i = 0; i < 1_000; i++) {
      MemorySegment one = pool.take(this::make);
      MemorySegment other = pool.take(this::make);
      pool.give(other);
      pool.give(one);
    }
    assertThat(made).isEqualTo(2);
    assertThat(pool.size()).isEqualTo(2);
  }

  @Test
  void keepsABoundedNumber() {
    MemorySegment any = Objects.requireNonNull(make());
    for (int i = 0; i < NativePool.MOST + 10; i++) {
      pool.give(any);
    }
    assertThat(pool.size()).isEqualTo(NativePool.MOST);
  }
}
