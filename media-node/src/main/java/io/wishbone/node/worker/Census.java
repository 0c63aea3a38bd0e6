package io.wishbone.node.worker;

import io.wishbone.node.doctor.SessionFigures;
import io.wishbone.node.session.MediaDropReason;
import io.wishbone.webrtc.transport.DropReason;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Goes through the sessions of a worker that there were when it began, some at a time, so that
/// packets do not wait for it. On the worker's thread; what it has found may be read anywhere once
/// it is over.
public final class Census {
  private final Diagnoses diagnoses;
  private final List<WorkerSession> sessions;
  private final Map<SessionRole, RoleTotals> totals;
  private final Map<String, Long> drops = new HashMap<>();
  private final long[] transportDrops;
  private final int[] streamsByHops;
  private int next;
  private int upstreams;
  private int downstreams;

  Census(
      Diagnoses diagnoses,
      List<WorkerSession> sessions,
      EndedTotals ended,
      Map<MediaDropReason, Long> mediaDrops,
      int[] streamsByHops) {
    this.diagnoses = diagnoses;
    this.sessions = sessions;
    this.totals = ended.totals();
    this.transportDrops = ended.drops();
    this.streamsByHops = streamsByHops;
    mediaDrops.forEach((reason, count) -> add(reason, count));
  }

  /// Looks at up to so many more sessions. False: all have been looked at.
  ///
  /// @param reader is shown each but relays
  public boolean advance(int most, long nowNanos, Consumer<Diagnosis> reader) {
    int end = Math.min(sessions.size(), next + most);
    for (; next < end; next++) {
      look(sessions.get(next), nowNanos, reader);
    }
    if (next < sessions.size()) {
      return true;
    }
    for (DropReason reason : DropReason.values()) {
      add(reason, transportDrops[reason.ordinal()]);
    }
    return false;
  }

  /// One that has ended since the census began is still as it was at its end: it is not among those
  /// that had ended before, so nothing is counted twice, or not at all.
  private void look(WorkerSession session, long nowNanos, Consumer<Diagnosis> reader) {
    upstreams += session.role() == SessionRole.UPSTREAM ? 1 : 0;
    downstreams += session.role() == SessionRole.DOWNSTREAM ? 1 : 0;
    EndedTotals.addDrops(session.transport().drops(), transportDrops);
    RoleTotals role = totals.get(session.role());
    Diagnosis diagnosis = diagnoses.examine(session, nowNanos);
    if (role != null) {
      role.add(diagnosis == null ? SessionFigures.NONE : diagnosis.figures());
    }
    if (diagnosis != null && !session.isEnded()) {
      reader.accept(diagnosis);
    }
  }

  private void add(Enum<?> reason, long count) {
    drops.merge(word(reason), count, Long::sum);
  }

  /// What all sessions of a role have come to so far, those that have ended included.
  public @Nullable RoleTotals totals(SessionRole role) {
    return totals.get(role);
  }

  /// Every reason that anything is dropped for here.
  public static Set<String> dropReasons() {
    var all = new TreeSet<String>();
    for (MediaDropReason reason : MediaDropReason.values()) {
      all.add(word(reason));
    }
    for (DropReason reason : DropReason.values()) {
      all.add(word(reason));
    }
    return all;
  }

  private static String word(Enum<?> reason) {
    return reason.name().toLowerCase(Locale.ROOT);
  }

  /// What was dropped so far, by reason.
  public Map<String, Long> drops() {
    return Map.copyOf(drops);
  }

  /// Relays that streams come by.
  public int upstreams() {
    return upstreams;
  }

  /// Relays that streams go out by.
  public int downstreams() {
    return downstreams;
  }

  /// How many streams have come by 0, 1, 2, ... relays from the node of their publisher; the last
  /// number is of all that have come by more.
  public int[] streamsByHops() {
    return streamsByHops.clone();
  }
}
