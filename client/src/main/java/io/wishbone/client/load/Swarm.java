package io.wishbone.client.load;

import io.netty.channel.EventLoop;
import io.wishbone.client.net.DatagramEndpoint;
import io.wishbone.webrtc.dtls.DtlsIdentity;
import io.wishbone.webrtc.peer.OfferingPeer;
import io.wishbone.webrtc.srtp.SrtpCipherProvider;
import io.wishbone.webrtc.srtp.SrtpProfile;
import io.wishbone.webrtc.srtp.backend.SrtpBackends;
import io.wishbone.webrtc.transport.TransportParts;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// Publishes, lets viewers come, and measures. [#run] does it all; the parts are there for those
/// who measure something of their own in between.
public final class Swarm implements AutoCloseable {
  private static final List<SrtpProfile> PROFILES =
      List.of(SrtpProfile.AEAD_AES_128_GCM, SrtpProfile.AES128_CM_HMAC_SHA1_80);
  private static final long SECOND = 1_000_000_000L;
  private static final long CONNECT_PATIENCE_NANOS = 30 * SECOND;

  /// A server takes only so many requests at a time on one HTTP/2 connection; 100 is usual.
  static final int REQUESTS_AT_A_TIME = 64;

  private final LoadPlan plan;
  private final Signaling signaling;
  private final Consumer<LoadResult.Moment> progress;
  private final LoadLoops loops;
  private final SrtpBackends backends = SrtpBackends.find();
  private final Map<EventLoop, SrtpCipherProvider> ciphers = new ConcurrentHashMap<>();
  private final Map<EventLoop, Long> threads = new ConcurrentHashMap<>();
  private final DtlsIdentity identity = DtlsIdentity.generate(new SecureRandom());
  private final List<Seat> seats = new CopyOnWriteArrayList<>();
  private final List<LoadPublisher> publishers = new ArrayList<>();
  private final List<LoadSocket> sockets = new CopyOnWriteArrayList<>();
  private final List<Signaling.Session> sessions = new CopyOnWriteArrayList<>();
  private final Map<String, Integer> failures = new ConcurrentHashMap<>();
  private final AtomicInteger opened = new AtomicInteger();
  private final Semaphore requests = new Semaphore(REQUESTS_AT_A_TIME);
  private final Durations recentDelays = new Durations();
  private Durations delays = new Durations();
  private final List<LoadResult.Moment> course = new ArrayList<>();
  private final long startNanos = System.nanoTime();
  private long lastTickNanos = startNanos;
  private long lastReceived;
  private long lastBytes;
  private long lastServerCpu;

  /// A viewer, and when what happened to it.
  private record Seat(LoadViewer viewer, LoadSocket socket, long postedNanos, long answeredNanos) {}

  /// @param progress told once a second
  public Swarm(LoadPlan plan, Signaling signaling, Consumer<LoadResult.Moment> progress) {
    this.plan = plan;
    this.signaling = signaling;
    this.progress = progress;
    this.loops = new LoadLoops(plan.threads());
    this.lastServerCpu = ServerProcess.cpuNanos(plan.serverPid());
  }

  /// Publishes, lets viewers come, measures and ends.
  ///
  /// @throws ExecutionException when nothing could be published
  public LoadResult run() throws InterruptedException, ExecutionException {
    publish();
    join(plan.viewers(), plan.rampPerSecond());
    return measure();
  }

  private TransportParts parts(LoadSocket socket) {
    EventLoop loop = socket.loop();
    return new TransportParts(
        socket,
        loops.offload(socket),
        identity,
        PROFILES,
        ciphers.computeIfAbsent(loop, _ -> backends.provider(SrtpBackends.AUTO)),
        new SecureRandom());
  }

  /// Opens the publishers and waits until they are connected.
  ///
  /// @throws ExecutionException when the server does not take one of them
  public void publish() throws InterruptedException, ExecutionException {
    for (int i = 0; i < plan.publishers(); i++) {
      LoadSocket socket = LoadSocket.open(loops, loops.next(), LoadSocket.MANY_BYTES);
      sockets.add(socket);
      var publisher = new LoadPublisher(parts(socket), plan.frameBytes(), plan.framesPerSecond());
      publishers.add(publisher);
      Signaling.Session session = signaling.publish(i, publisher.peer().offer());
      sessions.add(session);
      begin(socket, publisher.peer(), publisher, session.answer());
      if (!await(publisher::isConnected)) {
        throw new ExecutionException(
            new IllegalStateException("publisher " + i + " did not connect"));
      }
    }
  }

  private void begin(LoadSocket socket, OfferingPeer peer, DatagramEndpoint endpoint, String answer)
      throws InterruptedException, ExecutionException {
    call(
        socket.loop(),
        () -> {
          threads.putIfAbsent(socket.loop(), Thread.currentThread().threadId());
          peer.accept(answer, System.nanoTime());
          socket.attach(endpoint);
          return true;
        });
  }

  private static <T> T call(EventLoop loop, Callable<T> task)
      throws InterruptedException, ExecutionException {
    return loop.submit(task).get();
  }

  private boolean await(Callable<Boolean> condition) throws ExecutionException {
    long deadline = System.nanoTime() + CONNECT_PATIENCE_NANOS;
    try {
      while (System.nanoTime() < deadline) {
        if (condition.call()) {
          return true;
        }
        LockSupport.parkNanos(2_000_000);
        tickWhenDue();
      }
      return false;
    } catch (Exception e) {
      throw new ExecutionException(e);
    }
  }

  /// Lets viewers come, and waits until each of them has a keyframe (or is connected, when it is to
  /// be idle), has failed or time is over. Where the server answers late they come later than they
  /// were to.
  public void join(int count, double perSecond) throws InterruptedException, ExecutionException {
    int before = seats.size();
    AtomicInteger pending = new AtomicInteger(count);
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      long due = start + (long) (i * SECOND / perSecond);
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(Math.min(left, 50_000_000));
        tickWhenDue();
      }
      int number = before + i;
      Thread.ofVirtual()
          .start(() -> {
            try {
              open(number);
            } catch (ExecutionException e) {
              failed(e.getCause() == null ? e : e.getCause());
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            } finally {
              pending.decrementAndGet();
            }
          });
    }
    await(() -> pending.get() == 0);
    await(() -> seats.stream().allMatch(seat -> seat.viewer.isSettled()));
  }

  private void failed(Throwable cause) {
    String text = String.valueOf(cause.getMessage());
    if (failures.size() < 20 || failures.containsKey(text)) {
      failures.merge(text, 1, Integer::sum);
    }
  }

  private void open(int number) throws InterruptedException, ExecutionException {
    LoadSocket socket = LoadSocket.open(loops, loops.next(), LoadSocket.FEW_BYTES);
    sockets.add(socket);
    var viewer = new LoadViewer(parts(socket), plan.sample(), plan.idle(), recentDelays);
    String offer = viewer.offer(plan.feedback());
    Signaling.Session session;
    long posted;
    long answered;
    requests.acquire();
    try {
      posted = System.nanoTime();
      session = signaling.play(number % plan.streams(), offer);
      answered = System.nanoTime();
    } finally {
      requests.release();
    }
    opened.incrementAndGet();
    sessions.add(session);
    begin(socket, viewer.peer(), viewer, session.answer());
    seats.add(new Seat(viewer, socket, posted, answered));
  }

  /// Forgets what was counted so far, and measures for the time of the plan.
  public LoadResult measure() throws InterruptedException, ExecutionException {
    forget();
    long begun = System.nanoTime();
    long serverBefore = ServerProcess.cpuNanos(plan.serverPid());
    long clientBefore = clientCpuNanos();
    long end = begun + plan.duration().toNanos();
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(Math.min(50_000_000, Math.max(1, end - System.nanoTime())));
      tickWhenDue();
    }
    recentDelays.drainTo(delays);
    long serverAfter = ServerProcess.cpuNanos(plan.serverPid());
    long clientAfter = clientCpuNanos();
    double seconds = (System.nanoTime() - begun) / 1e9;
    return result(
        seconds,
        serverBefore < 0 || serverAfter < 0 ? -1 : serverAfter - serverBefore,
        clientAfter - clientBefore);
  }

  /// How long packets were on their way since the last call.
  public Durations.Summary recentDelays() {
    recentDelays.drainTo(delays);
    Durations.Summary summary = delays.summary();
    delays = new Durations();
    return summary;
  }

  /// RTP packets that all viewers have received and missed since they were last forgotten.
  public long[] receivedAndMissing() throws InterruptedException, ExecutionException {
    long[] counts = new long[2];
    for (Seat seat : seats) {
      counts[0] += seat.viewer.received();
      counts[1] += call(seat.socket.loop(), seat.viewer::missing);
    }
    return counts;
  }

  /// Counts from now on.
  public void forget() throws InterruptedException, ExecutionException {
    for (Seat seat : seats) {
      call(
          seat.socket.loop(),
          () -> {
            seat.viewer.forget();
            return true;
          });
    }
    recentDelays.drainTo(new Durations());
    delays = new Durations();
    lastReceived = 0;
    lastBytes = 0;
    lastTickNanos = System.nanoTime();
  }

  /// Viewers that are connected.
  public int connected() {
    int connected = 0;
    for (Seat seat : seats) {
      connected += seat.viewer.connectedNanos() != 0 && seat.viewer.ended() == null ? 1 : 0;
    }
    return connected;
  }

  private LoadResult result(double seconds, long serverCpu, long clientCpu)
      throws InterruptedException, ExecutionException {
    var answer = new Durations();
    var connect = new Durations();
    var firstPacket = new Durations();
    var firstKeyframe = new Durations();
    var jitter = new Durations();
    long packets = 0;
    long missing = 0;
    long refused = 0;
    long bytes = 0;
    for (Seat seat : seats) {
      LoadViewer viewer = seat.viewer;
      answer.record(seat.answeredNanos - seat.postedNanos);
      note(connect, viewer.connectedNanos(), seat);
      note(firstPacket, viewer.firstPacketNanos(), seat);
      note(firstKeyframe, viewer.firstKeyframeNanos(), seat);
      packets += viewer.received();
      bytes += viewer.bytes();
      missing += call(seat.socket.loop(), viewer::missing);
      refused += call(seat.socket.loop(), viewer::refused);
      jitter.record(call(seat.socket.loop(), viewer::jitterNanos));
    }
    return new LoadResult(
        plan,
        opened.get(),
        connected(),
        failures(),
        answer.summary(),
        connect.summary(),
        firstPacket.summary(),
        firstKeyframe.summary(),
        delays.summary(),
        seconds,
        packets,
        missing,
        refused,
        bytes,
        jitter.summary(),
        serverCpu,
        clientCpu,
        List.copyOf(course));
  }

  /// What has gone wrong, each once, with how often.
  public List<String> failures() {
    Map<String, Integer> all = new TreeMap<>(failures);
    for (Seat seat : seats) {
      String ended = seat.viewer.ended();
      if (ended != null) {
        all.merge("ended early: " + ended, 1, Integer::sum);
      } else if (seat.viewer.connectedNanos() == 0) {
        all.merge("did not connect", 1, Integer::sum);
      }
    }
    for (LoadPublisher publisher : publishers) {
      if (publisher.ended() != null) {
        all.merge("publisher ended early: " + publisher.ended(), 1, Integer::sum);
      }
    }
    return all.entrySet().stream()
        .map(failure -> failure.getValue() + " x " + failure.getKey())
        .toList();
  }

  private static void note(Durations durations, long atNanos, Seat seat) {
    if (atNanos != 0) {
      durations.record(atNanos - seat.postedNanos);
    }
  }

  /// Processor time of the loops' threads.
  public long clientCpuNanos() {
    ThreadMXBean times = ManagementFactory.getThreadMXBean();
    long nanos = 0;
    for (long thread : threads.values()) {
      nanos += Math.max(0, times.getThreadCpuTime(thread));
    }
    return nanos;
  }

  private void tickWhenDue() {
    long now = System.nanoTime();
    if (now - lastTickNanos < SECOND) {
      return;
    }
    double elapsed = (now - lastTickNanos) / 1e9;
    long received = 0;
    long bytes = 0;
    for (Seat seat : seats) {
      received += seat.viewer.received();
      bytes += seat.viewer.bytes();
    }
    long serverCpu = ServerProcess.cpuNanos(plan.serverPid());
    Durations.Summary delay = recentDelays.drainTo(delays);
    var moment =
        new LoadResult.Moment(
            (now - startNanos) / 1e9,
            connected(),
            (received - lastReceived) / elapsed,
            (bytes - lastBytes) * 8 / elapsed,
            delay.p50Nanos(),
            delay.p99Nanos(),
            serverCpu < 0 || lastServerCpu < 0 ? -1 : (serverCpu - lastServerCpu) / 1e9 / elapsed);
    lastTickNanos = now;
    lastReceived = received;
    lastBytes = bytes;
    lastServerCpu = serverCpu;
    course.add(moment);
    progress.accept(moment);
  }

  private void end(Signaling.Session session) {
    requests.acquireUninterruptibly();
    try {
      session.end();
    } finally {
      requests.release();
    }
  }

  /// Ends all sessions, at the server as well.
  @Override
  public void close() {
    for (LoadSocket socket : sockets) {
      socket.loop().execute(socket::close);
    }
    List<Thread> ends = new ArrayList<>();
    for (Signaling.Session session : sessions) {
      ends.add(Thread.ofVirtual().start(() -> end(session)));
    }
    try {
      for (Thread end : ends) {
        end.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    loops.close();
  }
}
