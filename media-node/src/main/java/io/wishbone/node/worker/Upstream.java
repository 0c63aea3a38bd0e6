package io.wishbone.node.worker;

import io.wishbone.webrtc.sdp.IceCredentials;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A stream that is had from elsewhere: the wish to have it, and the relay that comes of it, of
/// which there may be several, one after the other.
///
/// ```
///          answer             connected
/// ASKING ---------> LINKED ------------+
///   ^                 |                |
///   |   refused,      | lost <---------+
///   |   no answer     v
///   +------------- WAITING
/// ```
final class Upstream {
  /// How far it has come.
  enum State {
    /// The parent was asked.
    ASKING,
    /// There is a session, connected or not.
    LINKED,
    /// The parent will be asked again.
    WAITING
  }

  private static final long FIRST_PAUSE_NANOS = 250_000_000L;
  private static final long LONGEST_PAUSE_NANOS = 2_000_000_000L;

  private final PullRequest request;
  private final List<PullListener> listeners = new ArrayList<>();
  private State state = State.WAITING;
  private String relayId;
  private @Nullable IceCredentials credentials;
  private @Nullable WorkerSession session;
  private long dueNanos;
  private long usedNanos;
  private int failures;
  private boolean asked;
  private List<String> path = List.of();

  Upstream(PullRequest request, long nowNanos) {
    this.request = request;
    this.relayId = request.pullId();
    this.dueNanos = nowNanos;
    this.usedNanos = nowNanos;
  }

  PullRequest request() {
    return request;
  }

  String stream() {
    return request.stream();
  }

  Parent parent() {
    return request.parent();
  }

  State state() {
    return state;
  }

  /// What the present or latest attempt is called.
  String relayId() {
    return relayId;
  }

  /// Whether there was an attempt: the next one is called something else.
  boolean isAsked() {
    return asked;
  }

  @Nullable WorkerSession session() {
    return session;
  }

  boolean isConnected() {
    return session != null && session.isConnected();
  }

  /// Our credentials in the offer that was sent.
  IceCredentials credentials() {
    if (credentials == null) {
      throw new IllegalStateException("nothing was offered");
    }
    return credentials;
  }

  /// When the parent is to be asked, or its answer has not come in time.
  long dueNanos() {
    return state == State.LINKED ? Long.MAX_VALUE : dueNanos;
  }

  /// When somebody here was last known to want the stream.
  long usedNanos() {
    return usedNanos;
  }

  void used(long nowNanos) {
    usedNanos = nowNanos;
  }

  void listen(PullListener listener) {
    listeners.add(listener);
  }

  boolean isListenedTo() {
    return !listeners.isEmpty();
  }

  /// Those who wait for this one wait for the other one from now on.
  void handListenersTo(Upstream next) {
    next.listeners.addAll(listeners);
    listeners.clear();
  }

  void tell(ChangeResult result) {
    List<PullListener> told = List.copyOf(listeners);
    listeners.clear();
    told.forEach(listener -> listener.onSettled(result));
  }

  void asking(String newRelayId, IceCredentials offered, long deadlineNanos) {
    state = State.ASKING;
    asked = true;
    relayId = newRelayId;
    credentials = offered;
    dueNanos = deadlineNanos;
  }

  void linked(WorkerSession newSession, List<String> newPath) {
    state = State.LINKED;
    session = newSession;
    path = List.copyOf(newPath);
  }

  /// The nodes that the stream comes through, its origin first, this one not among them.
  List<String> path() {
    return path;
  }

  void connected() {
    failures = 0;
  }

  /// The first attempt after a relay that worked is made at once.
  void failed(long nowNanos) {
    state = State.WAITING;
    session = null;
    dueNanos =
        failures == 0
            ? nowNanos
            : nowNanos
                + Math.min(LONGEST_PAUSE_NANOS, FIRST_PAUSE_NANOS << Math.min(failures - 1, 8));
    failures++;
  }

  /// It is to be asked now.
  void hurry(long nowNanos) {
    dueNanos = nowNanos;
  }
}
