package io.wishbone.node.worker;

import io.wishbone.node.doctor.SessionFigures;
import io.wishbone.webrtc.transport.DropCounts;
import io.wishbone.webrtc.transport.DropReason;
import java.util.EnumMap;
import java.util.Map;

/// What the sessions of a worker that have ended had come to.
final class EndedTotals {
  private final Map<SessionRole, RoleTotals> totals = new EnumMap<>(SessionRole.class);
  private final long[] drops = new long[DropReason.values().length];

  EndedTotals() {
    for (SessionRole role : SessionRole.values()) {
      totals.put(role, new RoleTotals());
    }
  }

  void add(WorkerSession session, SessionFigures figures) {
    RoleTotals role = totals.get(session.role());
    if (role != null) {
      role.add(figures);
    }
    addDrops(session.transport().drops(), drops);
  }

  static void addDrops(DropCounts counts, long[] sum) {
    for (DropReason reason : DropReason.values()) {
      sum[reason.ordinal()] += counts.of(reason);
    }
  }

  Map<SessionRole, RoleTotals> totals() {
    Map<SessionRole, RoleTotals> copy = new EnumMap<>(SessionRole.class);
    totals.forEach((role, total) -> copy.put(role, total.copy()));
    return copy;
  }

  long[] drops() {
    return drops.clone();
  }
}
