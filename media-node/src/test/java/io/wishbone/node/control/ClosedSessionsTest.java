package io.wishbone.node.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.control.Refusal;
import io.wishbone.control.Refused;
import io.wishbone.control.Reply;
import io.wishbone.control.SessionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosedSessionsTest {
  private final List<Reply> replies = new ArrayList<>();
  private long now;
  private final ClosedSessions closed = new ClosedSessions(() -> now);

  private static SessionId id(int number) {
    return new SessionId("%022d".formatted(number));
  }

  private boolean refuses(int number) {
    return closed.refuses(id(number), replies::add);
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  @Test
  void refusesWhatWasClosedAndSaysSo() {
    closed.add(id(1));
    assertThat(refuses(2)).isFalse();
    assertThat(replies).isEmpty();
    assertThat(refuses(1)).isTrue();
    assertThat(replies)
        .singleElement()
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(Refusal.SESSION_UNKNOWN));
  }

  @Test
  void forgetsWhenNoCommandCanBeLateAnyMore() {
    closed.add(id(1));
    pass(ClosedSessions.MEMORY.minusSeconds(1));
    closed.add(id(2));
    assertThat(refuses(1)).isTrue();
    pass(Duration.ofSeconds(2));
    assertThat(refuses(1)).isFalse();
    assertThat(refuses(2)).isTrue();
    assertThat(closed.size()).isEqualTo(1);
  }

  @Test
  void remembersAnewWhatIsClosedAgain() {
    closed.add(id(1));
    pass(ClosedSessions.MEMORY.minusSeconds(1));
    closed.add(id(1));
    pass(ClosedSessions.MEMORY.minusSeconds(1));
    assertThat(refuses(1)).isTrue();
  }

  @Test
  void forgetsTheOldestWhenThereAreTooMany() {
    for (int i = 0; i < ClosedSessions.MOST + 10; i++) {
      closed.add(id(i));
    }
    assertThat(closed.size()).isEqualTo(ClosedSessions.MOST);
    assertThat(refuses(9)).isFalse();
    assertThat(refuses(10)).isTrue();
  }
}
