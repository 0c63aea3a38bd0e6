package io.wishbone.node.worker;

import io.wishbone.node.doctor.Verdict;
import io.wishbone.node.session.MediaDropReason;
import io.wishbone.node.session.MediaDrops;
import io.wishbone.node.session.PeerSession;
import io.wishbone.node.session.PublisherSession;
import io.wishbone.node.session.SessionParts;
import io.wishbone.node.stream.LayerChoice;
import io.wishbone.webrtc.sdp.IceCandidate;
import io.wishbone.webrtc.sdp.SdpFragment;
import io.wishbone.webrtc.sdp.SessionDescription;
import io.wishbone.webrtc.stun.StunRateLimiter;
import io.wishbone.webrtc.stun.UfragTable;
import io.wishbone.webrtc.transport.PacketProtocol;
import io.wishbone.webrtc.transport.TransportParts;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// All sessions and streams of one thread, behind one UDP port.
///
/// Nothing that a peer sends throws out of here.
public final class MediaWorker {
  /// Connectivity checks of strangers: a browser sends about 20 a second at first.
  private static final int STUN_SOURCES = 1 << 14;

  private static final int STUN_PER_SECOND = 50;
  private static final int STUN_BURST = 100;

  private static final long FAULT_PAUSE_NANOS = 1_000_000_000L;

  private final WorkerConfiguration configuration;
  private final SessionParts sessionParts;
  private final WorkerListener listener;
  private final StunRateLimiter stunLimiter;

  private final Map<String, WorkerSession> sessions = new HashMap<>();
  private final Rooms rooms;
  private final PendingOffers pendingOffers;
  private final Admission admission;
  private final Relays relays;
  private final UfragTable<WorkerSession> byUsernameFragment = new UfragTable<>();
  private final SourceTable bySource = new SourceTable();
  private final Diagnoses diagnoses;
  private final Timers timers = new Timers();
  private final List<Timers.Timer> due = new ArrayList<>();
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
    this.diagnoses = new Diagnoses(configuration.candidates());
    this.rooms = new Rooms(this, listener);
    var factory = new SessionFactory(configuration, transportParts, sessionParts);
    this.pendingOffers = new PendingOffers(listener);
    this.admission = new Admission(this, rooms, factory, pendingOffers);
    this.relays =
        new Relays(
            this, rooms, new RelayFactory(transportParts, sessionParts, relayParts), relayParts);
    this.stunLimiter = new StunRateLimiter(STUN_SOURCES, STUN_PER_SECOND, STUN_BURST, random);
  }

  /// What was dropped before, or beyond, a session's transport.
  public MediaDrops drops() {
    return sessionParts.drops();
  }

  /// What is wrong with each session, and with those that have ended lately.
  public List<Diagnosis> diagnoses(long nowNanos) {
    return diagnoses.examine(sessions.values(), nowNanos);
  }

  /// How one session fares, or what it died of; null when it is not known, or a relay.
  public @Nullable Diagnosis diagnosis(String sessionId, long nowNanos) {
    WorkerSession session = sessions.get(sessionId);
    return session == null ? diagnoses.remembered(sessionId) : diagnoses.examine(session, nowNanos);
  }

  /// Begins to go through all sessions.
  public Census census() {
    return new Census(
        diagnoses,
        List.copyOf(sessions.values()),
        diagnoses.ended(),
        drops().all(),
        rooms.byHops());
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
    PacketProtocol protocol = PacketProtocol.of(buffer, offset, length);
    if (protocol == PacketProtocol.UNKNOWN) {
      drops().count(MediaDropReason.UNKNOWN_PROTOCOL);
      return;
    }
    SourceClaim claim = bySource.find(from);
    WorkerSession session = claim == null ? null : claim.owner();
    if (protocol == PacketProtocol.STUN) {
      session = stunSession(session, buffer, offset, length, from, nowNanos);
    } else if (session == null) {
      drops().count(MediaDropReason.UNKNOWN_SOURCE);
    }
    if (session != null) {
      session.transport().handleDatagram(buffer, offset, length, from, nowNanos);
      if (claim != null
          && claim.isOf(session)
          && session.transport().lastMediaNanos() == nowNanos) {
        claim.onMedia(nowNanos);
      }
      touch(session);
    }
  }

  /// Requests say whose they are; responses come from where requests were sent.
  private @Nullable WorkerSession stunSession(
      @Nullable WorkerSession known,
      ByteBuffer buffer,
      int offset,
      int length,
      InetSocketAddress from,
      long nowNanos) {
    if (known == null && !stunLimiter.admits(from, nowNanos)) {
      drops().count(MediaDropReason.STUN_RATE_LIMITED);
      return null;
    }
    WorkerSession named = byUsernameFragment.find(buffer, offset, length);
    if (named == null && known == null) {
      drops().count(MediaDropReason.UNKNOWN_USERNAME_FRAGMENT);
    }
    return named == null ? known : named;
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
    return Math.min(timers.nextNanos(), Math.min(offersTimeoutNanos, relaysTimeoutNanos));
  }

  /// Does what has become due.
  public void handleTimeout(long nowNanos) {
    timers.takeDue(nowNanos, due);
    int woken = 0;
    try {
      for (; woken < due.size(); woken++) {
        due.get(woken).sleeper().wake(nowNanos);
      }
    } finally {
      lookAgain(woken, nowNanos);
    }
    if (nowNanos >= offersTimeoutNanos) {
      pendingOffers.handleTimeout(nowNanos);
      offersTimeoutNanos = pendingOffers.nextTimeoutNanos();
    }
    if (nowNanos >= relaysTimeoutNanos) {
      relays.handleTimeout(nowNanos);
      relaysTimeoutNanos = relays.nextTimeoutNanos();
    }
  }

  /// A fault of ours with one of those that are due keeps none of the others from its turn.
  private void lookAgain(int faulty, long nowNanos) {
    for (int i = faulty; i < due.size(); i++) {
      timers.wakeBy(due.get(i), i == faulty ? nowNanos + FAULT_PAUSE_NANOS : nowNanos);
    }
    due.clear();
  }

  /// It may be too early: what is due has moved away since.
  void wake(WorkerSession session, long nowNanos) {
    if (session.isEnded()) {
      return;
    }
    if (session.nextTimeoutNanos(configuration) <= nowNanos) {
      guard(session, () -> session.handleTimeout(configuration, nowNanos), nowNanos);
    } else {
      touch(session);
    }
  }

  /// It may be too early: what is due has moved away since.
  void wake(StreamRoom room, long nowNanos) {
    if (room.abandonedNanos(configuration.publisherGraceNanos()) <= nowNanos) {
      for (WorkerSession viewer : room.viewers()) {
        end(viewer, EndReason.PUBLISHER_GONE, "the publisher did not come back", nowNanos);
      }
    }
    if (!room.isEmpty()) {
      rooms.tellWhenDue(room, nowNanos);
    }
    touch(room);
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
    if (!session.isEnded()) {
      timers.wakeBy(session.timer(), session.nextTimeoutNanos(configuration));
    }
    WorkerSession source = session.room().source();
    if (source != null && source != session) {
      timers.wakeBy(source.timer(), source.nextTimeoutNanos(configuration));
    }
    touch(session.room());
  }

  /// Something happened to the relays, which may have given them something to do sooner.
  void touch() {
    relaysTimeoutNanos = Math.min(relaysTimeoutNanos, relays.nextTimeoutNanos());
  }

  private void touch(StreamRoom room) {
    if (room.isEmpty()) {
      timers.remove(room.timer());
    } else {
      timers.wakeBy(room.timer(), room.nextTimeoutNanos(configuration.publisherGraceNanos()));
    }
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
    return sessions.get(sessionId);
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
    int relays = 0;
    for (WorkerSession session : sessions.values()) {
      relays += session.role().isRelay() ? 1 : 0;
    }
    return relays;
  }

  /// A request to pull a stream is done with.
  void pullEnded(String pullId) {
    listener.onPullEnded(pullId);
  }

  /// From now on there is a session that is no source or sink yet.
  void admit(WorkerSession session) {
    sessions.put(session.id(), session);
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
    sessions.put(session.id(), session);
    byUsernameFragment.put(
        session.transport().ice().localCredentials().usernameFragment(), session);
    attach(session, nowNanos);
    if (session.role() == SessionRole.PUBLISHER) {
      relays.upstreams().publisherCame(session.room().stream().name(), nowNanos);
    }
  }

  /// Takes more of the peer's candidates. False: there is no such session.
  public boolean addCandidates(String sessionId, SdpFragment fragment, long nowNanos) {
    WorkerSession session = sessions.get(sessionId);
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
    WorkerSession session = sessions.get(sessionId);
    if (session == null) {
      return new RestartResult.Refused(RefusalReason.SESSION_UNKNOWN, "there is no such session");
    }
    String before = session.transport().ice().localCredentials().usernameFragment();
    RestartResult result =
        IceRestarts.restart(
            session, fragment, configuration.candidates(), sessionParts.random(), nowNanos);
    byUsernameFragment.remove(before);
    byUsernameFragment.put(
        session.transport().ice().localCredentials().usernameFragment(), session);
    touch(session);
    return result;
  }

  /// Sends a viewer the quality that it has chosen.
  ///
  /// @param rid the name of an encoding, null for none in particular
  /// @param maxWidth in pixels, `Integer.MAX_VALUE` for any
  /// @param maxHeight in pixels, `Integer.MAX_VALUE` for any
  public ChangeResult choose(
      String sessionId, @Nullable String rid, int maxWidth, int maxHeight, long nowNanos) {
    WorkerSession session = sessions.get(sessionId);
    ChangeResult result =
        LayerChoices.choose(session, new LayerChoice(rid, maxWidth, maxHeight), nowNanos);
    if (session != null) {
      touch(session);
    }
    return result;
  }

  /// Ends a session at once and tells its peer. One that waits for its stream's source never comes
  /// about. False: there is no such session.
  public boolean close(String sessionId, String detail, long nowNanos) {
    WorkerSession session = sessions.get(sessionId);
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
    for (WorkerSession session : List.copyOf(sessions.values())) {
      if (!session.isEnded()) {
        end(session, EndReason.CLOSED, detail, nowNanos);
      }
    }
  }

  void authenticated(WorkerSession session, InetSocketAddress source, long nowNanos) {
    if (!bySource.claim(source, session, nowNanos)) {
      drops().count(MediaDropReason.SOURCE_TAKEN);
    }
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

  void end(WorkerSession session, EndReason reason, String detail, long nowNanos) {
    if (session.isEnded()) {
      return;
    }
    WorkerSession source = session.room().source();
    session.markEnded();
    Verdict verdict = diagnoses.ended(session, reason, detail, nowNanos);
    forget(session, nowNanos);
    String faults = letGo(session, nowNanos);
    StreamRoom room = session.room();
    if (session == source) {
      Unserved.release(this, room, nowNanos);
    }
    relays.upstreams().left(room.stream().name(), nowNanos);
    relays.upstreams().ended(session, reason, detail, nowNanos);
    touch(room);
    touch();
    listener.onEnded(
        session.id(), room.stream().name(), session.role(), reason, detail + faults, verdict);
  }

  /// From now on, nothing finds the session.
  private void forget(WorkerSession session, long nowNanos) {
    sessions.remove(session.id());
    timers.remove(session.timer());
    byUsernameFragment.remove(session.transport().ice().localCredentials().usernameFragment());
    bySource.removeAll(session);
    rooms.leave(session, nowNanos);
  }

  /// Tells the stream and the peer. What goes wrong with one must not keep the other from hearing
  /// of it; it is returned, for whoever reads why the session ended.
  private static String letGo(WorkerSession session, long nowNanos) {
    var faults = new StringBuilder();
    try {
      PeerSession peer = session.peer();
      if (peer != null) {
        peer.detach(nowNanos);
      }
    } catch (RuntimeException fault) {
      faults.append("; ").append(fault);
    }
    try {
      session.transport().close(nowNanos);
    } catch (RuntimeException fault) {
      faults.append("; ").append(fault);
    }
    session.closeSocket();
    return faults.toString();
  }
}
