package io.wishbone.node.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.control.SessionId;
import io.wishbone.control.SessionRole;
import io.wishbone.control.StreamName;
import org.junit.jupiter.api.Test;

class PlacementsTest {
  private final Placements placements = new Placements(2);

  private static SessionId id(int number) {
    return new SessionId("session-000000000000-%03d".formatted(number));
  }

  private int enter(int session, String stream) {
    return placements.enter(id(session), new StreamName(stream), SessionRole.SUBSCRIBER).worker();
  }

  @Test
  void keepAllSessionsOfAStreamTogether() {
    int worker = enter(1, "a");
    enter(2, "b");

    for (int i = 10; i < 30; i++) {
      assertThat(enter(i, "a")).isEqualTo(worker);
    }
  }

  @Test
  void giveANewStreamToTheWorkerWithTheFewestSessions() {
    int busy = enter(1, "a");
    enter(2, "a");

    assertThat(enter(3, "b")).isNotEqualTo(busy);
    assertThat(enter(4, "c")).isNotEqualTo(busy);
  }

  @Test
  void forgetAStreamWithItsLastSession() {
    enter(1, "a");
    enter(2, "a");
    enter(3, "b");
    enter(4, "b");
    enter(5, "b");
    placements.leave(id(1));
    placements.leave(id(1));
    placements.leave(id(2));
    int emptied = enter(6, "c");

    assertThat(enter(7, "a")).isEqualTo(emptied);
    assertThat(placements.find(id(1))).isNull();
    assertThat(placements.subscribers()).isEqualTo(5);
  }

  @Test
  void keepASessionWhereItIs() {
    placements.enter(id(1), new StreamName("a"), SessionRole.PUBLISHER);

    var again = placements.enter(id(1), new StreamName("b"), SessionRole.SUBSCRIBER);

    assertThat(again.stream()).isEqualTo(new StreamName("a"));
    assertThat(placements.publishers()).isEqualTo(1);
    assertThat(placements.subscribers()).isZero();
  }
}
