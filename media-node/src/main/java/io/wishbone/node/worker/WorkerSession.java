package io.wishbone.node.worker;

import io.wishbone.node.negotiation.MissedMedia;
import io.wishbone.node.session.PeerSession;
import io.wishbone.node.session.SessionListener;
import io.wishbone.node.stream.Track;
import io.wishbone.webrtc.sdp.MediaTag;
import io.wishbone.webrtc.transport.PeerTransport;
import io.wishbone.webrtc.transport.TransportCloseReason;
import io.wishbone.webrtc.transport.TransportListener;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One session of a worker: its transport, its media side, and how long it may live.
final class WorkerSession implements TransportListener, SessionListener, Timers.Sleeper {
  /// Relays do not restart ICE.
  private static final MediaTag RELAY_TAG = new MediaTag("audio", "0");

  private static final long PARENT_SILENCE_NANOS = 3_000_000_000L;
  private static final long RELAY_CONNECT_NANOS = 10_000_000_000L;

  private final MediaWorker worker;
  private final String id;
  private final SessionRole role;
  private final StreamRoom room;
  private final MediaTag tag;
  private final long openedNanos;
  private final long lifetimeNanos;
  private final List<InetSocketAddress> sources = new ArrayList<>();
  private final Timers.Timer timer = new Timers.Timer(this);
  private String answer = "";
  private IceRestarts.@Nullable Answered lastRestart;
  private @Nullable PeerTransport transport;
  private @Nullable PeerSession peer;
  private @Nullable RelaySocket socket;
  private MissedMedia missed = MissedMedia.NONE;
  private boolean checked;
  private boolean connected;
  private long connectedNanos;
  private Reach reach = Reach.MACHINE;
  private boolean ended;

  /// @param tag the section whose transport serves the BUNDLE
  WorkerSession(
      MediaWorker worker, OpenRequest request, StreamRoom room, MediaTag tag, long openedNanos) {
    this(
        worker,
        request.sessionId(),
        request.role(),
        room,
        tag,
        openedNanos,
        request.lifetimeNanos());
    reach = Reach.ofPeer(request.offer(), request.clientAddress());
  }

  /// A relay.
  WorkerSession(
      MediaWorker worker, String id, SessionRole role, StreamRoom room, long openedNanos) {
    this(worker, id, role, room, RELAY_TAG, openedNanos, OpenRequest.UNLIMITED);
  }

  private WorkerSession(
      MediaWorker worker,
      String id,
      SessionRole role,
      StreamRoom room,
      MediaTag tag,
      long openedNanos,
      long lifetimeNanos) {
    this.worker = worker;
    this.id = id;
    this.role = role;
    this.room = room;
    this.tag = tag;
    this.openedNanos = openedNanos;
    this.lifetimeNanos = lifetimeNanos;
  }

  void begin(PeerTransport newTransport, PeerSession newPeer, String newAnswer) {
    transport = newTransport;
    peer = newPeer;
    answer = newAnswer;
  }

  /// The viewer was refused this for want of a source.
  void missing(MissedMedia media) {
    missed = media;
  }

  /// Whether the stream has what the viewer was refused. True once at most.
  boolean pollOutgrown() {
    boolean outgrown = missed.isAmong(room.stream().tracks().stream().map(Track::codec).toList());
    missed = outgrown ? MissedMedia.NONE : missed;
    return outgrown;
  }

  /// The session has a socket of its own, which ends with it.
  void own(RelaySocket newSocket) {
    socket = newSocket;
  }

  void closeSocket() {
    if (socket != null) {
      socket.close();
    }
  }

  String id() {
    return id;
  }

  SessionRole role() {
    return role;
  }

  StreamRoom room() {
    return room;
  }

  MediaTag tag() {
    return tag;
  }

  String answer() {
    return answer;
  }

  IceRestarts.@Nullable Answered lastRestart() {
    return lastRestart;
  }

  void restarted(IceRestarts.Answered next) {
    lastRestart = next;
  }

  PeerTransport transport() {
    if (transport == null) {
      throw new IllegalStateException("the session has not begun");
    }
    return transport;
  }

  @Nullable PeerSession peer() {
    return peer;
  }

  long openedNanos() {
    return openedNanos;
  }

  /// When it was connected; means nothing while it is not.
  long connectedNanos() {
    return connectedNanos;
  }

  /// From where the peer comes, as far as that is known.
  Reach reach() {
    return reach;
  }

  boolean isConnected() {
    return connected;
  }

  boolean isEnded() {
    return ended;
  }

  void markEnded() {
    ended = true;
  }

  /// Addresses that lead to this session.
  List<InetSocketAddress> sources() {
    return sources;
  }

  Timers.Timer timer() {
    return timer;
  }

  @Override
  public void wake(long nowNanos) {
    worker.wake(this, nowNanos);
  }

  /// When [#handleTimeout] is to be called next.
  long nextTimeoutNanos(WorkerConfiguration limits) {
    long next = Math.min(transport().nextTimeoutNanos(), deadlineNanos(limits));
    next = Math.min(next, lifetimeOverNanos());
    return peer == null ? next : Math.min(next, peer.nextTimeoutNanos());
  }

  /// When the session ends unless its peer is heard of. Its handshake was heard as well: on a path
  /// that loses much, the latest check may be long ago by then.
  private long deadlineNanos(WorkerConfiguration limits) {
    return connected
        ? Math.max(connectedNanos, transport().lastAliveNanos()) + silenceNanos(limits)
        : openedNanos + connectNanos(limits);
  }

  /// What has not come about between nodes by then is tried anew; and a relay's packets must not
  /// get far away from the indexes that the edge was told.
  private long connectNanos(WorkerConfiguration limits) {
    return role.isRelay()
        ? Math.min(RELAY_CONNECT_NANOS, limits.connectTimeoutNanos())
        : limits.connectTimeoutNanos();
  }

  /// A parent says something every second, whatever the source does.
  private long silenceNanos(WorkerConfiguration limits) {
    return role == SessionRole.UPSTREAM
        ? Math.min(PARENT_SILENCE_NANOS, limits.silenceTimeoutNanos())
        : limits.silenceTimeoutNanos();
  }

  /// When the session ends whatever its peer does, `Long.MAX_VALUE` for never.
  private long lifetimeOverNanos() {
    return lifetimeNanos == OpenRequest.UNLIMITED ? Long.MAX_VALUE : openedNanos + lifetimeNanos;
  }

  void handleTimeout(WorkerConfiguration limits, long nowNanos) {
    if (nowNanos >= lifetimeOverNanos()) {
      worker.end(this, EndReason.LIFETIME_OVER, "its time is over", nowNanos);
      return;
    }
    transport().handleTimeout(nowNanos);
    if (peer != null && !ended) {
      peer.handleTimeout(nowNanos);
    }
    if (!ended && nowNanos >= deadlineNanos(limits)) {
      worker.end(
          this,
          connected ? EndReason.SILENT : EndReason.NEVER_CONNECTED,
          connected ? "nothing was heard of the peer" : missing(),
          nowNanos);
    }
  }

  private String missing() {
    if (transport().ice().remoteAddress() == null) {
      return "no connectivity check arrived";
    }
    return transport().isHandshakeStarted()
        ? "the DTLS handshake was not completed"
        : "no DTLS handshake was begun";
  }

  @Override
  public void onAuthenticated(InetSocketAddress source, long nowNanos) {
    if (!checked) {
      checked = true;
      worker.reached(this, Milestone.CHECKED, nowNanos);
    }
    // What comes to the socket of a relay's own is the relay's, wherever it comes from.
    if (role != SessionRole.UPSTREAM) {
      worker.authenticated(this, source, nowNanos);
    }
  }

  @Override
  public void onConnected(long nowNanos) {
    connected = true;
    connectedNanos = nowNanos;
    worker.reached(this, Milestone.CONNECTED, nowNanos);
    if (peer != null) {
      peer.onConnected(nowNanos);
    }
    worker.connected(this, nowNanos);
  }

  @Override
  public void onRtp(ByteBuffer buffer, int offset, int length, long packetIndex, long nowNanos) {
    if (peer != null) {
      peer.onRtp(buffer, offset, length, packetIndex, nowNanos);
    }
  }

  @Override
  public void onRtcp(ByteBuffer buffer, int offset, int length, long nowNanos) {
    if (peer != null) {
      peer.onRtcp(buffer, offset, length, nowNanos);
    }
  }

  @Override
  public void onChanged() {
    worker.touch(this);
  }

  @Override
  public void onFirstPacket(long nowNanos) {
    worker.reached(this, Milestone.FIRST_PACKET, nowNanos);
  }

  @Override
  public void onFirstKeyframe(long nowNanos) {
    worker.reached(this, Milestone.FIRST_KEYFRAME, nowNanos);
  }

  @Override
  public void onFirstEgress(long nowNanos) {
    worker.reached(this, Milestone.FIRST_EGRESS, nowNanos);
  }

  @Override
  public void onFirstFrame(long atNanos, long waitedNanos) {
    worker.reached(this, Milestone.FIRST_EGRESS, atNanos);
    worker.firstFrame(this, waitedNanos);
  }

  @Override
  public void onClosed(TransportCloseReason reason, String detail, long nowNanos) {
    EndReason why =
        switch (reason) {
          case CLOSED_BY_PEER -> EndReason.CLOSED_BY_PEER;
          case DTLS_FAILED -> EndReason.DTLS_FAILED;
          case ICE_FAILED -> connected ? EndReason.SILENT : EndReason.NEVER_CONNECTED;
        };
    worker.end(this, why, detail, nowNanos);
  }

  /// Tells the stream and the peer. What goes wrong with one must not keep the other from hearing
  /// of it; it is returned, for whoever reads why the session ended.
  String letGo(long nowNanos) {
    var faults = new StringBuilder();
    try {
      PeerSession present = peer;
      if (present != null) {
        present.detach(nowNanos);
      }
    } catch (RuntimeException fault) {
      faults.append("; ").append(fault);
    }
    try {
      transport().close(nowNanos);
    } catch (RuntimeException fault) {
      faults.append("; ").append(fault);
    }
    closeSocket();
    return faults.toString();
  }
}
