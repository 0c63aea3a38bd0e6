package io.wishbone.node.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.control.SessionId;
import io.wishbone.control.SessionRole;
import io.wishbone.control.StreamName;
import io.wishbone.control.TraceParent;
import java.util.ArrayList;
import java.util.List;
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
  void knowWhichTraceARelayBelongsTo() {
    var trace = TraceParent.of("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", true);
    trace.run(() -> placements.enterRelay(id(1), new StreamName("a")));
    placements.enterRelay(id(2), new StreamName("a"));
    assertThat(placements.trace(id(1))).isEqualTo(trace);
    assertThat(placements.trace(id(2))).isNull();
    placements.leave(id(1));
    assertThat(placements.trace(id(1))).isNull();
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

  @Test
  void spreadTheViewersOfOneStream() {
    var spreading = new Placements(3, 2);
    var stream = new StreamName("a");
    int home = spreading.enter(id(1), stream, SessionRole.PUBLISHER).worker();
    List<Integer> workers = new ArrayList<>();
    for (int i = 10; i < 18; i++) {
      workers.add(spreading.enter(id(i), stream, SessionRole.SUBSCRIBER).worker());
    }

    assertThat(workers.subList(0, 2)).containsOnly(home);
    assertThat(workers.subList(2, 4)).hasSize(2).doesNotContain(home);
    assertThat(workers.get(2)).isEqualTo(workers.get(3));
    assertThat(workers.subList(4, 6)).doesNotContain(home, workers.get(2));
    assertThat(workers.subList(6, 8)).doesNotHaveDuplicates();

    spreading.leave(id(10));
    spreading.leave(id(16));
    spreading.leave(id(17));
    assertThat(spreading.enter(id(20), stream, SessionRole.SUBSCRIBER).worker()).isEqualTo(home);
  }

  @Test
  void countRelaysAsNobodysSessions() {
    var stream = new StreamName("a");
    int home = placements.enterRelay(id(1), stream);
    assertThat(placements.enterRelay(id(1), stream)).isEqualTo(home);

    assertThat(placements.sessions()).isEmpty();
    assertThat(placements.subscribers()).isZero();
    assertThat(placements.publishers()).isZero();
    assertThat(enter(2, "b")).isNotEqualTo(home);
    assertThat(enter(3, "a")).isEqualTo(home);
    placements.leave(id(1));
    assertThat(placements.sessions()).hasSize(2);
  }
}
