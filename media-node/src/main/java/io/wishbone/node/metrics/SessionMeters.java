package io.wishbone.node.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.wishbone.node.doctor.Verdict;
import io.wishbone.node.worker.Census;
import io.wishbone.node.worker.RoleTotals;
import io.wishbone.node.worker.SessionRole;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// What censuses have found, of all workers together. Labels are roles, verdicts and reasons: so
/// many series there are however many sessions come.
final class SessionMeters {
  private static final List<SessionRole> ROLES =
      List.of(SessionRole.PUBLISHER, SessionRole.SUBSCRIBER);

  private final Map<SessionRole, RoleHistograms> histograms = new EnumMap<>(SessionRole.class);
  private final List<@Nullable Found> found = new ArrayList<>();
  private final MultiGauge sessions;
  private final MultiGauge streams;
  private final MultiGauge relays;
  private final MeterRegistry registry;

  /// What the latest census of a worker has found.
  private record Found(Census census, Map<SessionObserver.Kind, Integer> counts) {}

  SessionMeters(int workers, MeterRegistry registry) {
    this.registry = registry;
    for (int i = 0; i < workers; i++) {
      found.add(null);
    }
    for (SessionRole role : ROLES) {
      histograms.put(role, new RoleHistograms(word(role), registry));
      totals(role);
    }
    showDrops();
    sessions =
        MultiGauge.builder("wishbone.sessions")
            .description("Sessions at this node, by what is wrong with them")
            .register(registry);
    streams =
        MultiGauge.builder("wishbone.streams")
            .description(
                "Streams that a worker of this node has, by relays between it and their publisher;"
                    + " 4 for more")
            .register(registry);
    relays =
        MultiGauge.builder("wishbone.relays")
            .description("Relays that streams come by (up), or go out by (down)")
            .register(registry);
  }

  private void totals(SessionRole role) {
    total(role, "packets", "Packets of media, from publishers or to viewers", RoleTotals::packets);
    total(role, "bytes", "Bytes of media without headers", RoleTotals::bytes);
    total(role, "lost", "Packets of media that did not come", RoleTotals::lost);
    total(role, "nacks", "Packets that were asked for again", RoleTotals::nacks);
    total(role, "repaired", "Packets that came, or were sent, again", RoleTotals::repaired);
    total(
        role,
        "keyframe.requests",
        "How often a keyframe was asked for: of publishers, or by viewers",
        RoleTotals::keyframeRequests);
  }

  private void total(
      SessionRole role, String what, String description, ToDoubleFunction<RoleTotals> value) {
    FunctionCounter.builder("wishbone.media." + what, this, meters -> meters.sum(role, value))
        .description(description)
        .tag("role", word(role))
        .register(registry);
  }

  SessionObserver observe() {
    return new SessionObserver(histograms);
  }

  /// A census of a worker is over.
  synchronized void take(int worker, Census census, SessionObserver observer) {
    found.set(worker, new Found(census, observer.counts()));
    showSessions();
    showStreams();
  }

  private void showSessions() {
    Map<SessionObserver.Kind, Integer> all = new HashMap<>();
    for (SessionRole role : ROLES) {
      all.put(new SessionObserver.Kind(word(role), "connected", word(Verdict.OK)), 0);
    }
    for (Found each : found) {
      if (each != null) {
        each.counts().forEach((kind, count) -> all.merge(kind, count, Integer::sum));
      }
    }
    List<Row<?>> rows = new ArrayList<>();
    all.forEach((kind, count) ->
        rows.add(
            Row.of(
                Tags.of("role", kind.role(), "state", kind.state(), "verdict", kind.verdict()),
                count)));
    sessions.register(rows, true);
  }

  private void showStreams() {
    int[] byHops = new int[0];
    int up = 0;
    int down = 0;
    for (Found each : found) {
      if (each != null) {
        int[] more = each.census().streamsByHops();
        byHops = byHops.length == 0 ? new int[more.length] : byHops;
        for (int i = 0; i < more.length; i++) {
          byHops[i] += more[i];
        }
        up += each.census().upstreams();
        down += each.census().downstreams();
      }
    }
    List<Row<?>> rows = new ArrayList<>();
    for (int i = 0; i < byHops.length; i++) {
      rows.add(Row.of(Tags.of("hops", Integer.toString(i)), byHops[i]));
    }
    streams.register(rows, true);
    relays.register(
        List.of(Row.of(Tags.of("direction", "up"), up), Row.of(Tags.of("direction", "down"), down)),
        true);
  }

  /// Of every reason that there is, from the start: what appears only with its first drop has no
  /// rate before the second.
  private void showDrops() {
    for (String reason : Census.dropReasons()) {
      FunctionCounter.builder("wishbone.drops", this, meters -> meters.drops(reason))
          .description("Datagrams and packets that went no further, by reason")
          .tag("reason", reason)
          .register(registry);
    }
  }

  private synchronized double sum(SessionRole role, ToDoubleFunction<RoleTotals> value) {
    double sum = 0;
    for (Found each : found) {
      RoleTotals totals = each == null ? null : each.census().totals(role);
      sum += totals == null ? 0 : value.applyAsDouble(totals);
    }
    return sum;
  }

  private synchronized double drops(String reason) {
    double sum = 0;
    for (Found each : found) {
      sum += each == null ? 0 : each.census().drops().getOrDefault(reason, 0L);
    }
    return sum;
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
