package io.wishbone.node.control;

import io.wishbone.control.AcceptAnswer;
import io.wishbone.control.AddCandidates;
import io.wishbone.control.AnswerAccepted;
import io.wishbone.control.CandidatesAdded;
import io.wishbone.control.CloseReason;
import io.wishbone.control.CloseSession;
import io.wishbone.control.Command;
import io.wishbone.control.CommandHandler;
import io.wishbone.control.CounterOffered;
import io.wishbone.control.Drain;
import io.wishbone.control.DrainChanged;
import io.wishbone.control.EventPublisher;
import io.wishbone.control.ExamineSessions;
import io.wishbone.control.IceRestarted;
import io.wishbone.control.LayerSelected;
import io.wishbone.control.MediaNodes;
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
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionOpened;
import io.wishbone.control.SessionsExamined;
import io.wishbone.node.io.MediaLoop;
import io.wishbone.node.worker.ChangeResult;
import io.wishbone.node.worker.LayerRequest;
import io.wishbone.node.worker.MediaWorker;
import io.wishbone.node.worker.OpenRequest;
import io.wishbone.node.worker.OpenResult;
import io.wishbone.node.worker.RelayRequests;
import io.wishbone.node.worker.RestartResult;
import io.wishbone.node.worker.SessionRole;
import io.wishbone.node.worker.WorkerListener;
import io.wishbone.webrtc.sdp.SdpFragment;
import io.wishbone.webrtc.sdp.SdpParseException;
import io.wishbone.webrtc.sdp.SessionDescription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Carries out commands on the workers. Safe for use by many threads.
public final class NodeCommands implements CommandHandler {
  private static final Duration LONGEST_LIFETIME = Duration.ofDays(3650);

  private final Placements placements;
  private final ClosedSessions closed = new ClosedSessions(System::nanoTime);
  private final List<WorkerEvents> events = new ArrayList<>();
  private final WorkerCalls calls = new WorkerCalls();
  private final RelayCommands relays;
  private final Examinations examinations;
  private final int viewersPerStream;
  private final BooleanSupplier overloaded;
  private volatile boolean draining;
  private volatile boolean stopping;

  /// @param viewersPerWorker how many viewers of one stream are on a worker before others get some,
  ///   0 for any number
  /// @param viewersPerStream how many viewers a stream has on the node, 0 for any number
  /// @param nodes where streams are had from that are not here
  /// @param overloaded whether the node had better not take another handshake now
  public NodeCommands(
      NodeId node,
      int workers,
      int viewersPerWorker,
      int viewersPerStream,
      EventPublisher publisher,
      MediaNodes nodes,
      BooleanSupplier overloaded) {
    this.placements = new Placements(workers, viewersPerWorker);
    this.relays = new RelayCommands(node, nodes, placements, calls, () -> stopping);
    this.examinations = new Examinations(placements, calls, workers);
    this.viewersPerStream = viewersPerStream;
    this.overloaded = overloaded;
    var streams = new NodeStreams(node, publisher);
    for (int i = 0; i < workers; i++) {
      events.add(new WorkerEvents(i, publisher, streams, placements, closed));
    }
  }

  /// What a worker tells its events to.
  public WorkerListener listener(int worker) {
    return events.get(worker);
  }

  /// How a worker asks others for a stream.
  public RelayRequests relayRequests(int worker) {
    return relays.requests(worker);
  }

  /// From now on, commands are carried out on these loops, one a worker.
  public void start(List<MediaLoop> running) {
    calls.start(running);
  }

  public int publishers() {
    return placements.publishers();
  }

  public int subscribers() {
    return placements.subscribers();
  }

  /// All sessions that have not ended.
  public List<SessionId> sessions() {
    return placements.sessions();
  }

  /// Whether nobody has a session here, nor a stream from here.
  public boolean isIdle() {
    return placements.isEmpty();
  }

  public boolean isDraining() {
    return draining || stopping;
  }

  /// Takes no new sessions from now on, but the relays that those which are there live on.
  public void drain() {
    draining = true;
  }

  /// Ends all sessions because the node stops, and takes none any more whatever it is told.
  public void closeAll() {
    stopping = true;
    for (int i = 0; i < events.size() && calls.isRunning(); i++) {
      WorkerEvents worker = events.get(i);
      calls.run(i, worker::closeAll);
    }
  }

  @Override
  public void handle(Command command, Consumer<Reply> reply) {
    switch (command) {
      case OpenSession open -> open(open, reply);
      case AcceptAnswer accept -> accept(accept, reply);
      case AddCandidates add -> add(add, reply);
      case RestartIce restart -> restart(restart, reply);
      case SelectLayer select -> select(select, reply);
      case CloseSession close -> close(close, reply);
      case PullStream pull -> {
        if (relaysAreOpen(pull.sessionId(), reply)) {
          relays.pull(pull, reply);
        }
      }
      case OpenRelay relay -> {
        if (!closed.refuses(relay.sessionId(), reply) && relaysAreOpen(relay.sessionId(), reply)) {
          relays.open(relay, reply);
        }
      }
      case ExamineSessions examine -> examine(examine, reply);
      case Drain drain -> drain(drain, reply);
    }
  }

  private void examine(ExamineSessions command, Consumer<Reply> reply) {
    if (calls.isRunning()) {
      examinations.examine(command, reply);
    } else {
      reply.accept(new SessionsExamined(command.sessionId(), List.of()));
    }
  }

  private void drain(Drain command, Consumer<Reply> reply) {
    draining = command.draining();
    reply.accept(new DrainChanged(command.sessionId(), publishers() + subscribers()));
  }

  /// False: the node takes no new sessions now, which the reply says.
  private boolean isOpen(SessionId id, Consumer<Reply> reply) {
    if (draining) {
      reply.accept(new Refused(id, Refusal.NODE_DRAINING, "the node takes no new sessions"));
      return false;
    }
    return relaysAreOpen(id, reply);
  }

  /// False: the node takes nothing new at all now, which the reply says. While it drains, it takes
  /// relays: its publishers' streams go on, and are watched elsewhere; its viewers stay, and may
  /// need another parent.
  private boolean relaysAreOpen(SessionId id, Consumer<Reply> reply) {
    if (stopping || !calls.isRunning()) {
      reply.accept(new Refused(id, Refusal.NODE_DRAINING, "the node is stopping"));
      return false;
    }
    if (overloaded.getAsBoolean()) {
      reply.accept(new Refused(id, Refusal.NODE_FULL, "too many sessions are being connected"));
      return false;
    }
    return true;
  }

  private void open(OpenSession command, Consumer<Reply> reply) {
    SessionId id = command.sessionId();
    if (closed.refuses(id, reply) || !isOpen(id, reply)) {
      return;
    }
    SessionDescription offer;
    try {
      offer = SessionDescription.parse(command.offer());
    } catch (SdpParseException malformed) {
      reply.accept(malformed(id, malformed));
      return;
    }
    SessionRole role =
        switch (command.role()) {
          case PUBLISHER -> SessionRole.PUBLISHER;
          case SUBSCRIBER -> SessionRole.SUBSCRIBER;
        };
    SessionId replaces = command.replaces();
    var request =
        new OpenRequest(
            id.value(),
            command.stream().value(),
            role,
            offer,
            replaces == null ? null : replaces.value(),
            nanos(command.lifetime()),
            counterOfferNanos(command.counterOfferValidity()),
            command.clientAddress());
    int worker = placements.enter(id, command.stream(), command.role()).worker();
    if (role == SessionRole.SUBSCRIBER && hasTooManyViewers(command)) {
      placements.leave(id);
      reply.accept(new Refused(id, Refusal.STREAM_FULL, "the stream has enough viewers"));
      return;
    }
    WorkerCalls.Work work = (media, now) -> opened(id, worker, media, request, now);
    boolean taken =
        switch (role) {
          case SUBSCRIBER ->
              relays.bring(id, command.stream(), worker, command.origin(), reply, work);
          case PUBLISHER, UPSTREAM, DOWNSTREAM -> calls.call(worker, id, reply, work);
        };
    if (!taken) {
      placements.leave(id);
    }
  }

  /// A worker holds the limit for viewers of its own. This one is among those that are counted.
  private boolean hasTooManyViewers(OpenSession command) {
    return viewersPerStream > 0 && placements.spreadViewers(command.stream()) > viewersPerStream;
  }

  /// Times that no clock will reach are no limit.
  private static long nanos(@Nullable Duration lifetime) {
    return lifetime == null || lifetime.compareTo(LONGEST_LIFETIME) > 0
        ? OpenRequest.UNLIMITED
        : lifetime.toNanos();
  }

  private static long counterOfferNanos(@Nullable Duration validity) {
    return validity == null ? OpenRequest.NEVER : validity.toNanos();
  }

  private Reply opened(
      SessionId id, int worker, MediaWorker media, OpenRequest request, long nowNanos) {
    OpenResult result;
    try {
      result = media.open(request, nowNanos);
    } catch (RuntimeException fault) {
      // It may have come half-way: whatever is there of it goes, and it is placed nowhere.
      try {
        events.get(worker).close(media, id.value(), CloseReason.INTERNAL, nowNanos);
      } finally {
        placements.leave(id);
      }
      throw fault;
    }
    return switch (result) {
      case OpenResult.Opened opened -> new SessionOpened(id, opened.answer());
      case OpenResult.CounterOffered offered -> new CounterOffered(id, offered.offer());
      case OpenResult.Refused refused -> {
        placements.leave(id);
        yield new Refused(id, WorkerCalls.translate(refused.reason()), refused.detail());
      }
    };
  }

  private void add(AddCandidates command, Consumer<Reply> reply) {
    SessionId id = command.sessionId();
    SdpFragment fragment = fragment(id, command.fragment(), reply);
    if (fragment != null) {
      onWorkerOf(
          id,
          reply,
          (media, now) ->
              media.addCandidates(id.value(), fragment, now)
                  ? new CandidatesAdded(id)
                  : unknown(id));
    }
  }

  private void restart(RestartIce command, Consumer<Reply> reply) {
    SessionId id = command.sessionId();
    SdpFragment fragment = fragment(id, command.fragment(), reply);
    if (fragment != null) {
      onWorkerOf(
          id,
          reply,
          (media, now) ->
              switch (media.restartIce(id.value(), fragment, now)) {
                case RestartResult.Restarted done -> new IceRestarted(id, done.fragment().write());
                case RestartResult.Refused refused ->
                    new Refused(id, WorkerCalls.translate(refused.reason()), refused.detail());
              });
    }
  }

  private void accept(AcceptAnswer command, Consumer<Reply> reply) {
    SessionId id = command.sessionId();
    SessionDescription answer;
    try {
      answer = SessionDescription.parse(command.answer());
    } catch (SdpParseException malformed) {
      reply.accept(malformed(id, malformed));
      return;
    }
    onWorkerOf(
        id,
        reply,
        (media, now) -> reply(id, media.accept(id.value(), answer, now), new AnswerAccepted(id)));
  }

  private void select(SelectLayer command, Consumer<Reply> reply) {
    SessionId id = command.sessionId();
    LayerRequest wanted = WorkerCalls.translate(command);
    onWorkerOf(
        id,
        reply,
        (media, now) -> reply(id, media.choose(id.value(), wanted, now), new LayerSelected(id)));
  }

  private static Reply reply(SessionId id, ChangeResult result, Reply done) {
    return switch (result) {
      case ChangeResult.Done() -> done;
      case ChangeResult.Refused refused ->
          new Refused(id, WorkerCalls.translate(refused.reason()), refused.detail());
    };
  }

  private void close(CloseSession command, Consumer<Reply> reply) {
    SessionId id = command.sessionId();
    // Also one that is unknown: what opens it may come yet.
    closed.add(id);
    Placements.Placement placement = placements.find(id);
    if (placement == null) {
      reply.accept(new SessionClosed(id));
      return;
    }
    WorkerEvents worker = events.get(placement.worker());
    calls.call(
        placement.worker(),
        id,
        reply,
        (media, now) -> {
          worker.close(media, id.value(), command.reason(), now);
          return new SessionClosed(id);
        });
  }

  private void onWorkerOf(SessionId id, Consumer<Reply> reply, WorkerCalls.Work work) {
    Placements.Placement placement = placements.find(id);
    if (placement == null) {
      reply.accept(unknown(id));
    } else {
      calls.call(placement.worker(), id, reply, work);
    }
  }

  private static @Nullable SdpFragment fragment(SessionId id, String text, Consumer<Reply> reply) {
    try {
      return SdpFragment.parse(text);
    } catch (SdpParseException malformed) {
      reply.accept(malformed(id, malformed));
      return null;
    }
  }

  private static Refused malformed(SessionId id, SdpParseException malformed) {
    return new Refused(id, Refusal.MALFORMED_OFFER, String.valueOf(malformed.getMessage()));
  }

  private static Refused unknown(SessionId id) {
    return new Refused(id, Refusal.SESSION_UNKNOWN, "there is no such session");
  }
}
