package io.wishbone.node.control;

import io.wishbone.control.CloseReason;
import io.wishbone.control.CloseSession;
import io.wishbone.control.Command;
import io.wishbone.control.MediaNodes;
import io.wishbone.control.NodeId;
import io.wishbone.control.OpenRelay;
import io.wishbone.control.PullStream;
import io.wishbone.control.Refusal;
import io.wishbone.control.Refused;
import io.wishbone.control.Reply;
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionOpened;
import io.wishbone.control.StreamName;
import io.wishbone.control.StreamPulled;
import io.wishbone.control.TraceParent;
import io.wishbone.node.worker.ChangeResult;
import io.wishbone.node.worker.MediaWorker;
import io.wishbone.node.worker.OpenResult;
import io.wishbone.node.worker.Parent;
import io.wishbone.node.worker.PullRequest;
import io.wishbone.node.worker.RefusalReason;
import io.wishbone.node.worker.RelayCall;
import io.wishbone.node.worker.RelayReply;
import io.wishbone.node.worker.RelayRequest;
import io.wishbone.node.worker.RelayRequests;
import io.wishbone.node.worker.SourceWaiter;
import io.wishbone.webrtc.sdp.SdpParseException;
import io.wishbone.webrtc.sdp.SessionDescription;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What nodes ask of each other, and the workers of one node of each other. Safe for use by many
/// threads.
///
/// All that has to do with other nodes is on the worker that a stream is at home on; its other
/// workers have the stream from there.
final class RelayCommands {
  /// How long a viewer's answer waits until the stream is known here. Less than signalling waits.
  private static final long SOURCE_PATIENCE_NANOS = Duration.ofSeconds(3).toNanos();

  private final NodeId self;
  private final MediaNodes nodes;
  private final Placements placements;
  private final WorkerCalls calls;
  private final BooleanSupplier stopping;
  private final SecureRandom random = new SecureRandom();

  /// @param stopping whether what is closed is closed because the node stops
  RelayCommands(
      NodeId self,
      MediaNodes nodes,
      Placements placements,
      WorkerCalls calls,
      BooleanSupplier stopping) {
    this.stopping = stopping;
    this.self = self;
    this.nodes = nodes;
    this.placements = placements;
    this.calls = calls;
  }

  /// How this worker asks others for a stream.
  RelayRequests requests(int worker) {
    return call -> ask(worker, call);
  }

  void pull(PullStream command, Consumer<Reply> reply) {
    SessionId id = command.sessionId();
    var request = request(id, command.stream(), new Parent(command.from().value()));
    int worker = placements.enterRelay(id, command.stream());
    boolean taken =
        calls.callLater(
            worker,
            id,
            reply,
            (media, now, answer) ->
                media.relays().pull(request, result -> answer.accept(pulled(id, result)), now));
    if (!taken) {
      placements.leave(id);
    }
  }

  private static PullRequest request(SessionId id, StreamName stream, Parent parent) {
    return new PullRequest(id.value(), stream.value(), parent);
  }

  private static Reply pulled(SessionId id, ChangeResult result) {
    return switch (result) {
      case ChangeResult.Done() -> new StreamPulled(id);
      case ChangeResult.Refused refused ->
          new Refused(id, WorkerCalls.translate(refused.reason()), refused.detail());
    };
  }

  void open(OpenRelay command, Consumer<Reply> reply) {
    SessionId id = command.sessionId();
    SessionDescription offer;
    try {
      offer = SessionDescription.parse(command.offer());
    } catch (SdpParseException malformed) {
      String why = String.valueOf(malformed.getMessage());
      reply.accept(new Refused(id, Refusal.MALFORMED_OFFER, why));
      return;
    }
    var request =
        new RelayRequest(id.value(), command.stream().value(), command.edge().value(), offer);
    int worker = placements.enterRelay(id, command.stream());
    boolean taken =
        calls.callLater(
            worker,
            id,
            reply,
            (media, now, answer) ->
                media.relays().open(request, result -> answer.accept(opened(id, result)), now));
    if (!taken) {
      placements.leave(id);
    }
  }

  private Reply opened(SessionId id, OpenResult result) {
    return switch (result) {
      case OpenResult.Opened opened -> new SessionOpened(id, opened.answer());
      case OpenResult.CounterOffered _ ->
          throw new IllegalStateException("relays are never offered anything");
      case OpenResult.Refused refused -> {
        placements.leave(id);
        yield new Refused(id, WorkerCalls.translate(refused.reason()), refused.detail());
      }
    };
  }

  /// Brings a stream to the worker of one of its viewers, if it can be had and is not there, and
  /// does this then.
  ///
  /// @param origin where to have it from; null for nowhere
  /// @param reply hears the outcome, which is a refusal when the viewer is closed before that
  /// @return false when the worker takes no more work, which the reply says
  boolean bring(
      SessionId viewer,
      StreamName stream,
      int worker,
      @Nullable NodeId origin,
      Consumer<Reply> reply,
      WorkerCalls.Work then) {
    int home = placements.home(stream);
    Parent abroad = origin == null || origin.equals(self) ? null : new Parent(origin.value());
    if (home == worker) {
      return abroad == null
          ? calls.call(worker, viewer, reply, then)
          : have(viewer, stream, worker, abroad, reply, then);
    }
    if (abroad != null) {
      var pull = newPull(stream, abroad);
      calls.run(
          home,
          (media, now) -> {
            if (media.relays().hasSource(stream.value())) {
              placements.leave(new SessionId(pull.pullId()));
            } else {
              media.relays().pull(pull, _ -> {}, now);
            }
          });
    }
    return have(viewer, stream, worker, Parent.SAME_NODE, reply, then);
  }

  private boolean have(
      SessionId viewer,
      StreamName stream,
      int worker,
      Parent parent,
      Consumer<Reply> reply,
      WorkerCalls.Work then) {
    var pull = newPull(stream, parent);
    return calls.callLater(
        worker,
        viewer,
        reply,
        (media, now, answer) ->
            media
                .relays()
                .bring(
                    viewer.value(),
                    pull,
                    SOURCE_PATIENCE_NANOS,
                    now,
                    waiter(viewer, media, answer, then)));
  }

  private SourceWaiter waiter(
      SessionId viewer, MediaWorker media, Consumer<Reply> reply, WorkerCalls.Work then) {
    return new SourceWaiter() {
      @Override
      public void onSettled(long nowNanos) {
        WorkerCalls.guard(
            viewer,
            media,
            nowNanos,
            reply,
            (worker, now, answer) -> answer.accept(then.run(worker, now)));
      }

      @Override
      public void onClosed(String detail) {
        placements.leave(viewer);
        Refusal reason = stopping.getAsBoolean() ? Refusal.NODE_DRAINING : Refusal.SESSION_UNKNOWN;
        reply.accept(new Refused(viewer, reason, "closed before the stream came: " + detail));
      }
    };
  }

  private PullRequest newPull(StreamName stream, Parent parent) {
    SessionId id = SessionId.generate(random);
    placements.enterRelay(id, stream);
    return request(id, stream, parent);
  }

  private void ask(int worker, RelayCall call) {
    String node = call.parent().node();
    if (node == null) {
      askHome(worker, call);
      return;
    }
    var id = new SessionId(call.relayId());
    var parent = new NodeId(node);
    send(
        parent,
        new OpenRelay(id, new StreamName(call.stream()), self, call.offer()),
        (reply, failure) -> {
          RelayReply outcome = translate(parent, reply, failure);
          calls.run(
              worker,
              (media, now) -> {
                boolean taken = media.relays().answered(call.relayId(), outcome, now);
                if (!taken && !(reply instanceof Refused)) {
                  // The parent may have opened what nobody here waits for any more.
                  send(parent, new CloseSession(id, CloseReason.ABANDONED), (_, _) -> {});
                }
              });
        });
  }

  /// Hears a reply, or why there is none.
  @FunctionalInterface
  private interface Replied {
    void accept(@Nullable Reply reply, @Nullable Throwable failure);
  }

  /// A carrier may let its caller wait, which an event loop must not.
  private void send(NodeId node, Command command, Replied replied) {
    TraceParent trace = placements.trace(command.sessionId());
    Thread.ofVirtual()
        .name("relay command")
        .start(() -> {
          try {
            TraceParent.run(trace, () -> nodes.send(node, command).whenComplete(replied::accept));
          } catch (RuntimeException failure) {
            replied.accept(null, failure);
          }
        });
  }

  private static RelayReply translate(
      NodeId parent, @Nullable Reply reply, @Nullable Throwable failure) {
    return switch (reply) {
      case SessionOpened opened -> new RelayReply.Answered(opened.answer());
      case Refused refused ->
          new RelayReply.Refused(WorkerCalls.translate(refused.reason()), refused.detail());
      case null, default ->
          new RelayReply.Refused(
              RefusalReason.STREAM_ABSENT,
              parent + " cannot be asked: " + (failure == null ? reply : failure.getMessage()));
    };
  }

  private void askHome(int worker, RelayCall call) {
    var id = new SessionId(call.relayId());
    var stream = new StreamName(call.stream());
    int home = placements.enterRelay(id, stream);
    SessionDescription offer;
    try {
      offer = SessionDescription.parse(call.offer());
    } catch (SdpParseException impossible) {
      throw new IllegalStateException("our own offer is malformed", impossible);
    }
    var request = new RelayRequest(call.relayId(), call.stream(), null, offer);
    calls.run(
        home,
        (media, now) ->
            media
                .relays()
                .open(
                    request,
                    result -> {
                      Reply reply = opened(id, result);
                      calls.run(
                          worker,
                          (edge, later) -> {
                            RelayReply outcome = translate(self, reply, null);
                            if (!edge.relays().answered(call.relayId(), outcome, later)) {
                              calls.run(home, (m, n) -> m.close(call.relayId(), "nobody waits", n));
                            }
                          });
                    },
                    now));
  }
}
