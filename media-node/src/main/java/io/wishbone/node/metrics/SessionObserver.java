package io.wishbone.node.metrics;

import io.wishbone.node.worker.Diagnosis;
import io.wishbone.node.worker.SessionRole;
import java.util.HashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.function.Consumer;

/// Counts the sessions of one worker, and passes their figures on, once each.
final class SessionObserver implements Consumer<Diagnosis> {
  private final Map<SessionRole, RoleHistograms> histograms;
  private final Map<Kind, Integer> counts = new HashMap<>();

  /// What sessions are counted by.
  record Kind(String role, String state, String verdict) {}

  SessionObserver(Map<SessionRole, RoleHistograms> histograms) {
    this.histograms = histograms;
  }

  @Override
  public void accept(Diagnosis diagnosis) {
    var kind =
        new Kind(
            SessionMeters.word(diagnosis.role()),
            diagnosis.connected() ? "connected" : "connecting",
            SessionMeters.word(diagnosis.verdict()));
    counts.merge(kind, 1, Integer::sum);
    RoleHistograms role = histograms.get(diagnosis.role());
    if (role != null && diagnosis.connected()) {
      role.record(diagnosis.figures());
    }
  }

  Map<Kind, Integer> counts() {
    return Map.ofEntries(counts.entrySet().toArray(Entry[]::new));
  }
}
