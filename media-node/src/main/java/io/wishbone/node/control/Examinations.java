package io.wishbone.node.control;

import io.wishbone.control.ExamineSessions;
import io.wishbone.control.Reply;
import io.wishbone.control.SessionDiagnosis;
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionsExamined;
import io.wishbone.node.doctor.SessionFigures;
import io.wishbone.node.doctor.Verdict;
import io.wishbone.node.worker.Diagnosis;
import io.wishbone.node.worker.MediaWorker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Asks the workers how sessions fare: each about those that it has, and all about those that have
/// ended, which are placed nowhere any more. Safe for use by many threads.
final class Examinations {
  private static final double NANOS_PER_MILLI = 1e6;

  private final Placements placements;
  private final WorkerCalls calls;
  private final int workers;

  Examinations(Placements placements, WorkerCalls calls, int workers) {
    this.placements = placements;
    this.calls = calls;
    this.workers = workers;
  }

  void examine(ExamineSessions command, Consumer<Reply> reply) {
    List<List<SessionId>> questions = questions(command.sessions());
    List<SessionDiagnosis> found = new ArrayList<>();
    var open = new AtomicInteger(workers);
    for (int i = 0; i < workers; i++) {
      List<SessionId> asked = questions.get(i);
      boolean taken =
          calls.run(i, (media, now) -> end(command, answer(media, asked, now), found, open, reply));
      if (!taken) {
        end(command, List.of(), found, open, reply);
      }
    }
  }

  private List<List<SessionId>> questions(List<SessionId> sessions) {
    List<List<SessionId>> questions = new ArrayList<>();
    for (int i = 0; i < workers; i++) {
      questions.add(new ArrayList<>());
    }
    for (SessionId id : sessions) {
      Placements.Placement placement = placements.find(id);
      if (placement == null) {
        questions.forEach(each -> each.add(id));
      } else {
        questions.get(placement.worker()).add(id);
      }
    }
    return questions;
  }

  private static List<SessionDiagnosis> answer(
      MediaWorker media, List<SessionId> asked, long nowNanos) {
    List<SessionDiagnosis> answers = new ArrayList<>();
    for (SessionId id : asked) {
      Diagnosis diagnosis = media.diagnosis(id.value(), nowNanos);
      if (diagnosis != null) {
        answers.add(translate(id, diagnosis));
      }
    }
    return answers;
  }

  /// The last worker to answer replies for all.
  private static void end(
      ExamineSessions command,
      List<SessionDiagnosis> answers,
      List<SessionDiagnosis> found,
      AtomicInteger open,
      Consumer<Reply> reply) {
    synchronized (found) {
      found.addAll(answers);
    }
    if (open.decrementAndGet() == 0) {
      synchronized (found) {
        reply.accept(new SessionsExamined(command.sessionId(), found));
      }
    }
  }

  private static SessionDiagnosis translate(SessionId id, Diagnosis diagnosis) {
    SessionFigures figures = diagnosis.figures();
    return new SessionDiagnosis(
        id,
        translate(diagnosis.verdict()),
        diagnosis.connected(),
        diagnosis.ended(),
        new io.wishbone.control.SessionFigures(
            figures.packets(),
            figures.bytes(),
            figures.bitrate(),
            figures.lost(),
            figures.loss(),
            figures.nacks(),
            figures.repaired(),
            figures.keyframeRequests(),
            millis(figures.roundTripNanos()),
            millis(figures.jitterNanos())));
  }

  private static @Nullable Double millis(long nanos) {
    return nanos < 0 ? null : nanos / NANOS_PER_MILLI;
  }

  static io.wishbone.control.Verdict translate(Verdict verdict) {
    return switch (verdict) {
      case OK -> io.wishbone.control.Verdict.OK;
      case NO_STUN -> io.wishbone.control.Verdict.NO_STUN;
      case WRONG_ADDRESS -> io.wishbone.control.Verdict.WRONG_ADDRESS;
      case STUN_NO_DTLS -> io.wishbone.control.Verdict.STUN_NO_DTLS;
      case FINGERPRINT_MISMATCH -> io.wishbone.control.Verdict.FINGERPRINT_MISMATCH;
      case NO_MEDIA -> io.wishbone.control.Verdict.NO_MEDIA;
      case NO_KEYFRAME -> io.wishbone.control.Verdict.NO_KEYFRAME;
      case LOSS -> io.wishbone.control.Verdict.LOSS;
      case B_FRAMES -> io.wishbone.control.Verdict.B_FRAMES;
    };
  }
}
