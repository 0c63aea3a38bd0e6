package io.wishbone.node.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wishbone.node.doctor.SessionFigures;
import io.wishbone.node.doctor.Verdict;
import io.wishbone.node.worker.Diagnosis;
import io.wishbone.node.worker.SessionRole;
import java.util.EnumMap;
import org.junit.jupiter.api.Test;

class SessionMetersTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  private static Diagnosis viewer(String id, Verdict verdict, boolean connected, long roundTrip) {
    var figures = new SessionFigures(10, 9_000, 2_000_000, 1, 0.03, 2, 2, 1, roundTrip, -1);
    return new Diagnosis(id, "studio", SessionRole.SUBSCRIBER, verdict, connected, false, figures);
  }

  @Test
  void everySessionCountsOnceByWhatIsWrongWithIt() {
    var histograms = new EnumMap<SessionRole, RoleHistograms>(SessionRole.class);
    histograms.put(SessionRole.SUBSCRIBER, new RoleHistograms("subscriber", registry));
    var observer = new SessionObserver(histograms);

    observer.accept(viewer("a", Verdict.OK, true, 40_000_000));
    observer.accept(viewer("b", Verdict.OK, true, -1));
    observer.accept(viewer("c", Verdict.NO_STUN, false, -1));

    assertThat(observer.counts())
        .containsEntry(new SessionObserver.Kind("subscriber", "connected", "ok"), 2)
        .containsEntry(new SessionObserver.Kind("subscriber", "connecting", "no_stun"), 1)
        .hasSize(2);
    assertThat(registry.get("wishbone.session.bitrate").summary().count()).isEqualTo(2);
    assertThat(registry.get("wishbone.session.loss").summary().max()).isEqualTo(0.03);
    assertThat(registry.get("wishbone.session.round.trip").timer().count()).isEqualTo(1);
    assertThat(registry.get("wishbone.session.jitter").timer().count()).isZero();
  }

  @Test
  void noLabelSaysWhoseItIs() {
    var histograms = new EnumMap<SessionRole, RoleHistograms>(SessionRole.class);
    histograms.put(SessionRole.SUBSCRIBER, new RoleHistograms("subscriber", registry));
    new SessionObserver(histograms).accept(viewer("a-session", Verdict.OK, true, 1));
    assertThat(registry.getMetersAsString()).doesNotContain("studio", "a-session");
  }
}
