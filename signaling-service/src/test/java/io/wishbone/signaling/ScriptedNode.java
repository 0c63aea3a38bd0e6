package io.wishbone.signaling;

import io.wishbone.control.AcceptAnswer;
import io.wishbone.control.AddCandidates;
import io.wishbone.control.AnswerAccepted;
import io.wishbone.control.CandidatesAdded;
import io.wishbone.control.CloseSession;
import io.wishbone.control.Command;
import io.wishbone.control.CommandHandler;
import io.wishbone.control.CounterOffered;
import io.wishbone.control.Drain;
import io.wishbone.control.DrainChanged;
import io.wishbone.control.ExamineSessions;
import io.wishbone.control.IceRestarted;
import io.wishbone.control.LayerSelected;
import io.wishbone.control.NodeId;
import io.wishbone.control.OpenRelay;
import io.wishbone.control.OpenSession;
import io.wishbone.control.PullStream;
import io.wishbone.control.Refusal;
import io.wishbone.control.Refused;
import io.wishbone.control.Reply;
import io.wishbone.control.RestartIce;
import io.wishbone.control.SelectLayer;
import io.wishbone.control.SessionClosed;
import io.wishbone.control.SessionDiagnosis;
import io.wishbone.control.SessionFigures;
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionOpened;
import io.wishbone.control.SessionsExamined;
import io.wishbone.control.StreamPulled;
import io.wishbone.control.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The far end of the carrier: answers as it is told, and remembers what it was asked.
final class ScriptedNode implements CommandHandler {

  static final NodeId ID = new NodeId("node-1");

  static final String ANSWER =
      """
      v=0
      o=- 1 1 IN IP4 127.0.0.1
      s=-
      t=0 0
      a=ice-lite
      m=audio 9 UDP/TLS/RTP/SAVPF 111
      a=recvonly
      """
          .replace("\n", "\r\n");

  static final String AUDIO_AND_VIDEO = ANSWER + "m=video 9 UDP/TLS/RTP/SAVPF 96\r\na=sendonly\r\n";

  static final String FRAGMENT =
      "a=ice-lite\r\na=ice-ufrag:srv2\r\na=ice-pwd:0123456789012345678901\r\n";

  private final List<Command> commands = new CopyOnWriteArrayList<>();
  private final Map<SessionId, SessionDiagnosis> diagnoses = new ConcurrentHashMap<>();
  private final Set<SessionId> sessions = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Refusal refusal;
  private volatile boolean silent;
  private volatile String answer = ANSWER;
  private volatile boolean counterOffers;
  private volatile Consumer<Command> beforeReply = _ -> {};

  /// Answers everything again.
  void reset() {
    commands.clear();
    diagnoses.clear();
    sessions.clear();
    refusal = null;
    silent = false;
    answer = ANSWER;
    counterOffers = false;
    beforeReply = _ -> {};
  }

  void refuseWith(@Nullable Refusal reason) {
    refusal = reason;
  }

  void answerWith(String description) {
    answer = description;
  }

  /// Offers instead of answering, to whom it may.
  void counterOffer() {
    counterOffers = true;
  }

  /// Knows this of a session.
  void diagnose(SessionDiagnosis diagnosis) {
    diagnoses.put(diagnosis.sessionId(), diagnosis);
  }

  /// Does not know a session that it was told to open.
  void forget(SessionId session) {
    sessions.remove(session);
  }

  void fallSilent() {
    silent = true;
  }

  /// Lets something happen before each answer.
  void beforeReply(Runnable action) {
    beforeReply = _ -> action.run();
  }

  /// Lets something happen before each answer that depends on what is to be answered.
  void beforeReply(Consumer<Command> action) {
    beforeReply = action;
  }

  <C extends Command> List<C> received(Class<C> type) {
    return commands.stream().filter(type::isInstance).map(type::cast).toList();
  }

  @Override
  public void handle(Command command, Consumer<Reply> reply) {
    commands.add(command);
    if (!silent) {
      beforeReply.accept(command);
      reply.accept(reply(command));
    }
  }

  private Reply reply(Command command) {
    Refusal reason = refusal;
    if (reason != null && !(command instanceof CloseSession)) {
      return new Refused(command.sessionId(), reason, "the node says " + reason);
    }
    return switch (command) {
      case OpenSession open -> open(open);
      case AcceptAnswer accept -> new AnswerAccepted(accept.sessionId());
      case SelectLayer select -> new LayerSelected(select.sessionId());
      case AddCandidates add -> new CandidatesAdded(add.sessionId());
      case RestartIce restart -> new IceRestarted(restart.sessionId(), FRAGMENT);
      case CloseSession close -> {
        sessions.remove(close.sessionId());
        yield new SessionClosed(close.sessionId());
      }
      case PullStream pull -> new StreamPulled(pull.sessionId());
      case OpenRelay relay -> new SessionOpened(relay.sessionId(), answer);
      case ExamineSessions examine ->
          new SessionsExamined(
              examine.sessionId(),
              examine.sessions().stream().map(this::diagnosis).filter(Objects::nonNull).toList());
      case Drain drain -> new DrainChanged(drain.sessionId(), 3);
    };
  }

  private Reply open(OpenSession open) {
    sessions.add(open.sessionId());
    if (open.replaces() != null) {
      sessions.remove(open.replaces());
    }
    return open.counterOfferValidity() != null && counterOffers
        ? new CounterOffered(open.sessionId(), answer)
        : new SessionOpened(open.sessionId(), answer);
  }

  private @Nullable SessionDiagnosis diagnosis(SessionId id) {
    SessionDiagnosis told = diagnoses.get(id);
    return told == null && sessions.contains(id)
        ? new SessionDiagnosis(
            id, Verdict.OK, true, false, new SessionFigures(0, 0, 0, 0, 0, 0, 0, 0, null, null))
        : told;
  }
}
