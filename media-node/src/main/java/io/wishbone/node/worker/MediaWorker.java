package io.wishbone.node.worker;

import io.wishbone.node.doctor.Verdict;
import io.wishbone.node.session.MediaDrops;
import io.wishbone.node.session.PublisherSession;
import io.wishbone.node.session.SessionParts;
import io.wishbone.node.stream.LayerChoice;
import io.wishbone.webrtc.sdp.IceCandidate;
import io.wishbone.webrtc.sdp.SdpFragment;
import io.wishbone.webrtc.sdp.SessionDescription;
import io.wishbone.webrtc.transport.TransportParts;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// All sessions and streams of one thread, behind one UDP port.
///
/// Nothing that a peer sends throws out of here.
public final class MediaWorker {
  private final WorkerConfiguration configuration;
  private final SessionParts sessionParts;
  private final WorkerListener listener;

  private final SessionDirectory sessions;
  private final Rooms rooms;
  private final PendingOffers pendingOffers;
  private final Admission admission;
  private final Relays relays;
  private final Diagnoses diagnoses;
  private final Wakeups wakeups;
  private long offersTimeoutNanos = Long.MAX_VALUE;
  private long relaysTimeoutNanos = Long.MAX_VALUE;

  /// @param random for everything but keys; a secure one outside of tests, since ICE passwords come
  ///   from it
  public MediaWorker(
      WorkerConfiguration configuration,
      TransportParts transportParts,
      RelayParts relayParts,
      RandomGenerator random,
      WorkerListener listener) {
    this.configuration = configuration;
    this.sessionParts =
        new SessionParts(
            transportParts.outbox(),
            random,
            configuration.media(),
            configuration.wallClockOffsetNanos());
    this.listener = listener;
    this.sessions = new SessionDirectory(sessionParts.drops(), random);
    this.diagnoses = new Diagnoses(configuration.candidates());
    this.rooms = new Rooms(this, listener);
    this.wakeups = new Wakeups(this, configuration, rooms);
    var factory = new SessionFactory(configuration, transportParts, sessionParts);
    this.pendingOffers = new PendingOffers(listener);
    this.admission = new Admission(this, rooms, factory, pendingOffers);
    this.relays =
        new Relays(
            this, rooms, new RelayFactory(transportParts, sessionParts, relayParts), relayParts);
  }

  /// What was dropped before, or beyond, a session's transport.
  public MediaDrops drops() {
    return sessionParts.drops();
  }

  /// What is wrong with each session, and with those that have ended lately.
  public List<Diagnosis> diagnoses(long nowNanos) {
    return diagnoses.examine(sessions.all(), nowNanos);
  }

  /// How one session fares, or what it died of; null when it is not known, or a relay.
  public @Nullable Diagnosis diagnosis(String sessionId, long nowNanos) {
    WorkerSession session = sessions.find(sessionId);
    return session == null ? diagnoses.remembered(sessionId) : diagnoses.examine(session, nowNanos);
  }

  /// Begins to go through all sessions.
  public Census census() {
    return new Census(diagnoses, sessions.copy(), diagnoses.ended(), drops().all(), rooms.byHops());
  }

  public WorkerSnapshot snapshot() {
    int publishers = rooms.publishers();
    return new WorkerSnapshot(
        publishers, sessions.size() - publishers - relayCount(), rooms.size());
  }

  /// The streams that this worker has from others, or sends on to them.
  public Relays relays() {
    return relays;
  }

  /// Takes a datagram that came to the socket of a relay's own.
  void handleRelayDatagram(
      WorkerSession session,
      ByteBuffer buffer,
      int offset,
      int length,
      InetSocketAddress from,
      long nowNanos) {
    if (!session.isEnded()) {
      session.transport().handleDatagram(buffer, offset, length, from, nowNanos);
      touch(session);
    }
  }

  /// Takes the datagram of `length` bytes at `offset`; it may be decrypted in place.
  public void handleDatagram(
      ByteBuffer buffer, int offset, int length, InetSocketAddress from, long nowNanos) {
    WorkerSession session = sessions.deliver(buffer, offset, length, from, nowNanos);
    if (session != null) {
      touch(session);
    }
  }

  /// Whether packets of publishers wait for [#deliver].
  public boolean hasGathered() {
    return !rooms.bursts().isEmpty();
  }

  /// Forwards what publishers have sent since the last call: a viewer's packets side by side, one
  /// viewer after the other. To be called when there is nothing more to receive for now, or a
  /// little later.
  public void deliver() {
    rooms.bursts().deliver();
  }

  /// When [#handleTimeout] is to be called next, `Long.MAX_VALUE` for never.
  public long nextTimeoutNanos() {
    return Math.min(wakeups.nextNanos(), Math.min(offersTimeoutNanos, relaysTimeoutNanos));
  }

  /// Does what has become due.
  public void handleTimeout(long nowNanos) {
    wakeups.handleTimeout(nowNanos);
    if (nowNanos >= offersTimeoutNanos) {
      pendingOffers.handleTimeout(nowNanos);
      offersTimeoutNanos = pendingOffers.nextTimeoutNanos();
    }
    if (nowNanos >= relaysTimeoutNanos) {
      relays.handleTimeout(nowNanos);
      relaysTimeoutNanos = relays.nextTimeoutNanos();
    }
  }

  void wake(WorkerSession session, long nowNanos) {
    wakeups.wake(session, nowNanos);
  }

  void wake(StreamRoom room, long nowNanos) {
    wakeups.wake(room, nowNanos);
  }

  /// Lets a session do what it has to. A fault of ours in there costs the session, not the others.
  void guard(WorkerSession session, Runnable work, long nowNanos) {
    try {
      work.run();
    } catch (RuntimeException fault) {
      end(session, EndReason.FAULT, fault.toString(), nowNanos);
    }
    touch(session);
  }

  /// Something happened to the session, which may have given it, or its publisher, something to do
  /// sooner.
  void touch(WorkerSession session) {
    wakeups.touch(session);
  }

  /// Something happened to the relays, which may have given them something to do sooner.
  void touch() {
    relaysTimeoutNanos = Math.min(relaysTimeoutNanos, relays.nextTimeoutNanos());
  }

  /// Opens a session. A request that comes a second time is answered as the first one was. One that
  /// is refused changes nothing, for the publisher that it was to replace neither.
  public OpenResult open(OpenRequest request, long nowNanos) {
    OpenResult result = admission.open(request, nowNanos);
    offersTimeoutNanos = pendingOffers.nextTimeoutNanos();
    return result;
  }

  /// Takes a viewer's answer to an offer of ours: from now on there is a session.
  public ChangeResult accept(String sessionId, SessionDescription answer, long nowNanos) {
    return admission.accept(sessionId, answer, nowNanos);
  }

  @Nullable WorkerSession session(String sessionId) {
    return sessions.find(sessionId);
  }

  /// Whether the stream has as many viewers as it takes.
  boolean isFull(StreamRoom room) {
    return room.watching() >= configuration.maxViewers();
  }

  /// Sessions, and offers that may become some.
  boolean isFull() {
    return sessions.size() + pendingOffers.size() >= configuration.maxSessions();
  }

  int relayCount() {
    return sessions.relays();
  }

  /// A request to pull a stream is done with.
  void pullEnded(String pullId) {
    listener.onPullEnded(pullId);
  }

  /// From now on there is a session that is no source or sink yet.
  void admit(WorkerSession session) {
    sessions.put(session);
    touch(session);
  }

  /// The stream comes from this session from now on.
  void attach(WorkerSession session, long nowNanos) {
    StreamRoom room = session.room();
    rooms.enter(session, nowNanos);
    if (session.peer() instanceof PublisherSession source) {
      source.attach(nowNanos);
      Unserved.release(this, room, nowNanos);
      room.viewers().forEach(this::touch);
    }
    touch(session);
    relays.waits().settle(room.stream().name(), nowNanos);
  }

  /// From now on, datagrams find the session.
  void enter(WorkerSession session, long nowNanos) {
    sessions.put(session);
    sessions.putUsernameFragment(session);
    attach(session, nowNanos);
    if (session.role() == SessionRole.PUBLISHER) {
      relays.upstreams().publisherCame(session.room().stream().name(), nowNanos);
    }
  }

  /// Takes more of the peer's candidates. False: there is no such session.
  public boolean addCandidates(String sessionId, SdpFragment fragment, long nowNanos) {
    WorkerSession session = sessions.find(sessionId);
    if (session == null) {
      return false;
    }
    for (IceCandidate candidate : fragment.candidates()) {
      session.transport().ice().addRemoteCandidate(candidate, nowNanos);
    }
    touch(session);
    return true;
  }

  /// Begins a new ICE session with the credentials in the fragment. Media go on over the previous
  /// one until the peer has found a way again.
  public RestartResult restartIce(String sessionId, SdpFragment fragment, long nowNanos) {
    WorkerSession session = sessions.find(sessionId);
    if (session == null) {
      return new RestartResult.Refused(RefusalReason.SESSION_UNKNOWN, "there is no such session");
    }
    sessions.removeUsernameFragment(session);
    RestartResult result =
        IceRestarts.restart(
            session, fragment, configuration.candidates(), sessionParts.random(), nowNanos);
    sessions.putUsernameFragment(session);
    touch(session);
    return result;
  }

  /// Sends a viewer the quality that it has chosen.
  public ChangeResult choose(String sessionId, LayerRequest wanted, long nowNanos) {
    return choose(sessionId, wanted.choice(), nowNanos);
  }

  ChangeResult choose(String sessionId, LayerChoice choice, long nowNanos) {
    WorkerSession session = sessions.find(sessionId);
    ChangeResult result = LayerChoices.choose(session, choice, nowNanos);
    if (session != null) {
      touch(session);
    }
    return result;
  }

  /// Ends a session at once and tells its peer. One that waits for its stream's source never comes
  /// about. False: there is no such session.
  public boolean close(String sessionId, String detail, long nowNanos) {
    WorkerSession session = sessions.find(sessionId);
    boolean waited = relays.close(sessionId, detail);
    if (relays.upstreams().close(sessionId, detail, nowNanos)) {
      return true;
    }
    if (session == null) {
      return pendingOffers.close(sessionId, EndReason.CLOSED, detail) || waited;
    }
    end(session, EndReason.CLOSED, detail, nowNanos);
    return true;
  }

  /// Ends all sessions.
  public void closeAll(String detail, long nowNanos) {
    pendingOffers.closeAll(detail);
    relays.waits().closeAll(detail);
    relays.upstreams().closeAll(detail, nowNanos);
    for (WorkerSession session : sessions.copy()) {
      if (!session.isEnded()) {
        end(session, EndReason.CLOSED, detail, nowNanos);
      }
    }
  }

  void authenticated(WorkerSession session, InetSocketAddress source, long nowNanos) {
    sessions.claim(source, session, nowNanos);
  }

  /// A viewer that was answered with the codecs of an earlier publisher finds out only now.
  void connected(WorkerSession session, long nowNanos) {
    listener.onConnected(session.id(), session.room().stream().name(), session.role());
    rooms.tell(session.room(), nowNanos);
    Unserved.release(this, session, nowNanos);
    if (session.role() == SessionRole.UPSTREAM) {
      relays.upstreams().connected(session, nowNanos);
    } else if (session.role() == SessionRole.PUBLISHER) {
      relays.waits().settle(session.room().stream().name(), nowNanos);
    }
  }

  void reached(WorkerSession session, Milestone milestone, long nowNanos) {
    if (!session.role().isRelay()) {
      listener.onMilestone(session.id(), milestone, nowNanos);
    }
  }

  void firstFrame(WorkerSession viewer, long nanos) {
    listener.onFirstFrame(viewer.id(), nanos);
  }

  /// A viewer would get more in a new session.
  void outgrown(WorkerSession viewer) {
    listener.onOutgrown(viewer.id(), viewer.room().stream().name());
  }

  void end(WorkerSession session, EndReason reason, String detail, long nowNanos) {
    if (session.isEnded()) {
      return;
    }
    WorkerSession source = session.room().source();
    session.markEnded();
    Verdict verdict = diagnoses.ended(session, reason, detail, nowNanos);
    forget(session, nowNanos);
    String faults = session.letGo(nowNanos);
    StreamRoom room = session.room();
    if (session == source) {
      Unserved.release(this, room, nowNanos);
    }
    relays.upstreams().left(room.stream().name(), nowNanos);
    relays.upstreams().ended(session, reason, detail, nowNanos);
    wakeups.touch(room);
    touch();
    listener.onEnded(
        session.id(), room.stream().name(), session.role(), reason, detail + faults, verdict);
  }

  /// From now on, nothing finds the session.
  private void forget(WorkerSession session, long nowNanos) {
    sessions.remove(session);
    wakeups.remove(session);
    rooms.leave(session, nowNanos);
  }
}
