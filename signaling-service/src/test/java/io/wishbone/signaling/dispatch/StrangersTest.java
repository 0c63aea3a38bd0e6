package io.wishbone.signaling.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.control.SessionId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StrangersTest {

  private static final SessionId ID = id(1);

  private long now;
  private final Strangers strangers = new Strangers(() -> now);

  private static SessionId id(int number) {
    return new SessionId("%022d".formatted(number));
  }

  private void pass(int seconds) {
    now += Duration.ofSeconds(seconds).toNanos();
  }

  @Test
  void areOverdueWhenTheyWereNamedForTwoMinutes() {
    for (int i = 0; i < 4; i++) {
      assertThat(strangers.isOverdue(ID)).isFalse();
      pass(30);
    }
    assertThat(strangers.isOverdue(ID)).isTrue();
    // Nor has the node heard of it.
    pass(30);
    assertThat(strangers.isOverdue(ID)).isTrue();
  }

  @Test
  void beginAnewWhenTheyWereNotNamedForAWhile() {
    assertThat(strangers.isOverdue(ID)).isFalse();
    pass(70);
    assertThat(strangers.isOverdue(ID)).isFalse();
    pass(80);
    assertThat(strangers.isOverdue(ID)).isFalse();
    pass(70);
    assertThat(strangers.isOverdue(ID)).isFalse();
    pass(50);
    assertThat(strangers.isOverdue(ID)).isTrue();
  }

  @Test
  void areForgottenWhenNobodyNamesThemAnyMore() {
    var _ = strangers.isOverdue(ID);
    strangers.isOverdue(id(2));
    pass(70);
    var _ = strangers.isOverdue(ID);
    pass(10);
    strangers.forgetOld();
    assertThat(strangers.size()).isEqualTo(1);
    strangers.forget(ID);
    assertThat(strangers.size()).isZero();
  }

  @Test
  void areBounded() {
    for (int i = 0; i < Strangers.MOST + 100; i++) {
      strangers.isOverdue(id(i));
    }
    assertThat(strangers.size()).isEqualTo(Strangers.MOST);
    pass(60);
    assertThat(strangers.isOverdue(id(0))).isFalse();
    pass(60);
    assertThat(strangers.isOverdue(id(0))).isTrue();
    assertThat(strangers.isOverdue(id(Strangers.MOST))).isFalse();
  }
}
