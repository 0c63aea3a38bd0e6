package io.wishbone.node.worker;

import io.wishbone.node.doctor.Doctor;
import io.wishbone.node.doctor.SessionFacts;
import io.wishbone.node.doctor.SessionFigures;
import io.wishbone.node.doctor.Verdict;
import io.wishbone.node.session.PublisherSession;
import io.wishbone.node.session.SubscriberSession;
import io.wishbone.webrtc.dtls.DtlsFailure;
import io.wishbone.webrtc.sdp.IceCandidate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Examines sessions, and remembers what the latest ones died of.
final class Diagnoses {
  private static final int REMEMBERED = 64;

  private final Reach reach;
  private final ArrayDeque<Diagnosis> remembered = new ArrayDeque<>();
  private final EndedTotals ended = new EndedTotals();

  /// @param candidates what clients are told of where the worker is
  Diagnoses(List<IceCandidate> candidates) {
    reach = Reach.of(candidates);
  }

  /// All sessions, and those that have ended lately of something. Relays are not examined.
  List<Diagnosis> examine(Collection<WorkerSession> sessions, long nowNanos) {
    List<Diagnosis> diagnoses = new ArrayList<>(remembered);
    for (WorkerSession session : sessions) {
      Diagnosis diagnosis = examine(session, nowNanos);
      if (diagnosis != null) {
        diagnoses.add(diagnosis);
      }
    }
    return diagnoses;
  }

  /// Null for relays, which are not examined.
  @Nullable Diagnosis examine(WorkerSession session, long nowNanos) {
    return isExamined(session)
        ? diagnosis(session, false, facts(session, false, nowNanos), nowNanos)
        : null;
  }

  /// What a session died of that has ended lately; null when that is not known.
  @Nullable Diagnosis remembered(String sessionId) {
    for (Diagnosis each : remembered) {
      if (each.sessionId().equals(sessionId)) {
        return each;
      }
    }
    return null;
  }

  /// Examines a session for the last time, and remembers it when something was wrong.
  Verdict ended(WorkerSession session, EndReason reason, String detail, long nowNanos) {
    ended.add(session, figures(session, nowNanos));
    if (!isExamined(session)) {
      return Verdict.OK;
    }
    boolean mismatch =
        reason == EndReason.DTLS_FAILED
            && detail.startsWith(DtlsFailure.FINGERPRINT_MISMATCH.name());
    SessionFacts facts = facts(session, mismatch, nowNanos);
    boolean isOver = reason == EndReason.DTLS_FAILED || reason == EndReason.NEVER_CONNECTED;
    Diagnosis diagnosis =
        diagnosis(session, true, isOver ? facts.withoutPatience() : facts, nowNanos);
    if (diagnosis.verdict() != Verdict.OK) {
      if (remembered.size() == REMEMBERED) {
        remembered.remove();
      }
      remembered.add(diagnosis);
    }
    return diagnosis.verdict();
  }

  /// What all sessions that have ended had come to.
  EndedTotals ended() {
    return ended;
  }

  private static boolean isExamined(WorkerSession session) {
    return session.peer() instanceof PublisherSession
        || session.peer() instanceof SubscriberSession;
  }

  private static Diagnosis diagnosis(
      WorkerSession session, boolean hasEnded, SessionFacts facts, long nowNanos) {
    return new Diagnosis(
        session.id(),
        session.room().stream().name(),
        session.role(),
        Doctor.examine(facts),
        session.isConnected(),
        hasEnded,
        figures(session, nowNanos));
  }

  private static SessionFigures figures(WorkerSession session, long nowNanos) {
    return switch (session.peer()) {
      case PublisherSession publisher -> publisher.figures();
      case SubscriberSession viewer -> viewer.figures(nowNanos);
      case null, default -> SessionFigures.NONE;
    };
  }

  private SessionFacts facts(WorkerSession session, boolean mismatch, long nowNanos) {
    var transport = session.transport();
    long connected = session.isConnected() ? nowNanos - session.connectedNanos() : -1;
    boolean checked = transport.ice().lastAuthenticatedNanos() != Long.MIN_VALUE;
    long age = nowNanos - session.openedNanos();
    if (session.peer() instanceof PublisherSession publisher) {
      return new SessionFacts(
          true,
          age,
          reach.isAsFarAs(session.reach()),
          session.reach() != Reach.MACHINE,
          checked,
          mismatch,
          connected,
          true,
          Math.min(connected, since(publisher.lastPacketNanos(), nowNanos)),
          publisher.hasPicture(),
          publisher.keyframeMissingNanos(nowNanos, session.connectedNanos()),
          publisher.lostShare(),
          publisher.disordered());
    }
    var viewer = (SubscriberSession) java.util.Objects.requireNonNull(session.peer());
    return new SessionFacts(
        false,
        age,
        reach.isAsFarAs(session.reach()),
        session.reach() != Reach.MACHINE,
        checked,
        mismatch,
        connected,
        session.room().stream().hasSource(),
        Math.min(since(viewer.attachedNanos(), nowNanos), since(viewer.lastSentNanos(), nowNanos)),
        viewer.hasPicture(),
        viewer.keyframeMissingNanos(nowNanos),
        viewer.feedback().lostShare(nowNanos),
        0);
  }

  private static long since(long nanos, long nowNanos) {
    return nanos == Long.MIN_VALUE ? Long.MAX_VALUE : nowNanos - nanos;
  }
}
