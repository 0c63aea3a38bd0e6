package io.wishbone.node.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimersTest {
  private final Timers timers = new Timers();

  private static Timers.Timer timer() {
    return new Timers.Timer(nowNanos -> {});
  }

  private List<Timers.Timer> due(long nowNanos) {
    List<Timers.Timer> due = new ArrayList<>();
    timers.takeDue(nowNanos, due);
    return due;
  }

  @Test
  void saysWhenTheFirstOneIsDue() {
    Timers.Timer early = timer();
    Timers.Timer late = timer();
    assertThat(timers.nextNanos()).isEqualTo(Long.MAX_VALUE);
    timers.wakeBy(late, 30);
    timers.wakeBy(early, 10);

    assertThat(timers.nextNanos()).isEqualTo(10);
    assertThat(due(9)).isEmpty();
    assertThat(due(10)).containsExactly(early);
    assertThat(timers.nextNanos()).isEqualTo(30);
  }

  @Test
  void takesADeadlineThatComesNearerAndLeavesOneThatMovesAway() {
    Timers.Timer timer = timer();
    timers.wakeBy(timer, 20);
    timers.wakeBy(timer, 50);
    assertThat(timers.nextNanos()).isEqualTo(20);
    timers.wakeBy(timer, 5);
    assertThat(timers.nextNanos()).isEqualTo(5);
    assertThat(timers.size()).isEqualTo(1);
  }

  @Test
  void forgetsWhatIsRemovedAndWhatNeverIsDue() {
    Timers.Timer timer = timer();
    timers.wakeBy(timer, Long.MAX_VALUE);
    assertThat(timers.size()).isZero();
    timers.wakeBy(timer, 7);
    timers.remove(timer);
    timers.remove(timer);
    assertThat(due(100)).isEmpty();
    timers.wakeBy(timer, 8);
    assertThat(due(100)).containsExactly(timer);
  }

  @Test
  void agreesWithAListThatIsSearched() {
    Random random = new Random(5);
    List<Timers.Timer> all = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      all.add(timer());
    }
    Map<Timers.Timer, Long> expected = new HashMap<>();
    long now = 0;
    for (int step = 0; step < 20_000; step++) {
      Timers.Timer timer = all.get(random.nextInt(all.size()));
      switch (random.nextInt(10)) {
        case 0 -> {
          timers.remove(timer);
          expected.remove(timer);
        }
        case 1 -> {
          now += random.nextInt(50);
          long until = now;
          List<Timers.Timer> due = due(now);
          assertThat(due)
              .containsExactlyInAnyOrderElementsOf(
                  expected.keySet().stream().filter(each -> expected.get(each) <= until).toList());
          due.forEach(expected::remove);
        }
        default -> {
          long at = now + random.nextInt(1000);
          timers.wakeBy(timer, at);
          expected.merge(timer, at, Math::min);
        }
      }
      assertThat(timers.size()).isEqualTo(expected.size());
      assertThat(timers.nextNanos())
          .isEqualTo(
              expected.values().stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE));
    }
  }

  /// Ten thousand sessions whose peers send a check every 2.5 seconds, and that would end after 7
  /// seconds of silence: each is looked at no more than every 4.5 seconds.
  @Test
  void looksSeldomAtIdleSessions() {
    int[] looks = new int[1];
    long[] deadlines = new long[10_000];
    List<Timers.Timer> all = new ArrayList<>();
    for (int i = 0; i < deadlines.length; i++) {
      int number = i;
      all.add(
          new Timers.Timer(nowNanos -> {
            looks[0]++;
            assertThat(deadlines[number]).isGreaterThan(nowNanos);
            timers.wakeBy(all.get(number), deadlines[number]);
          }));
    }
    for (int millis = 0; millis < 45_000; millis++) {
      for (int i = millis % 2500; i < deadlines.length; i += 2500) {
        deadlines[i] = millis + 7000L;
        timers.wakeBy(all.get(i), deadlines[i]);
      }
      long now = millis;
      due(millis).forEach(timer -> timer.sleeper().wake(now));
    }
    assertThat(looks[0]).isLessThanOrEqualTo(10_000 * 10);
  }
}
