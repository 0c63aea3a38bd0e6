package io.wishbone.bench;

import com.sun.management.ThreadMXBean;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.wishbone.client.load.Signaling;
import io.wishbone.control.CloseReason;
import io.wishbone.control.CloseSession;
import io.wishbone.control.InProcessCarrier;
import io.wishbone.control.NodeId;
import io.wishbone.control.OpenSession;
import io.wishbone.control.Reply;
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionOpened;
import io.wishbone.control.SessionRole;
import io.wishbone.control.StreamName;
import io.wishbone.node.MediaNode;
import io.wishbone.node.NodeSettings;
import io.wishbone.node.RelaySettings;
import io.wishbone.node.io.MediaLoops;
import io.wishbone.node.io.SendCounters;
import io.wishbone.node.io.SendPath;
import io.wishbone.node.metrics.NodeMeters;
import io.wishbone.node.session.MediaPolicy;
import io.wishbone.node.tracing.NodeTraces;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.LongStream;

/// A media node whose sessions are opened by commands, without HTTP.
public final class BenchNode implements Signaling, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int SESSIONS = 20_000;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final Vertx vertx;
  private final InProcessCarrier carrier = new InProcessCarrier(PATIENCE);
  private final SecureRandom random = new SecureRandom();
  private final MediaLoops loops;
  private final MediaNode node;

  /// A node with one worker.
  ///
  /// @param backend the name of an SRTP back end, or `auto`
  public BenchNode(SendPath sendPath, String backend) {
    this(sendPath, backend, 1, 0);
  }

  /// @param backend the name of an SRTP back end, or `auto`
  /// @param viewersPerWorker how many viewers of one stream a worker has before others get some, 0
  ///   for any number
  BenchNode(SendPath sendPath, String backend, int workers, int viewersPerWorker) {
    vertx =
        Vertx.vertx(
            new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(workers));
    loops = new MediaLoops(vertx);
    node =
        new MediaNode(
            settings(sendPath, backend, workers, viewersPerWorker),
            loops,
            carrier,
            carrier,
            NodeMeters.none(),
            NodeTraces.none());
    node.start();
    carrier.register(node.id(), node.commands());
  }

  private static NodeSettings settings(
      SendPath sendPath, String backend, int workers, int viewersPerWorker) {
    return new NodeSettings(
        new NodeId("bench"),
        "",
        "",
        workers,
        InetAddress.ofLiteral("127.0.0.1"),
        true,
        0,
        List.of(),
        SESSIONS,
        0,
        List.of(),
        List.of(),
        Duration.ofSeconds(60),
        Duration.ofSeconds(30),
        Duration.ofSeconds(30),
        sendPath,
        backend,
        new RelaySettings(
            viewersPerWorker, RelaySettings.USUAL.perStream(), RelaySettings.USUAL.perWorker()),
        MediaPolicy.USUAL);
  }

  /// Whether the kernel has segmented datagrams.
  public boolean isSegmented() {
    return loops.isSegmentationThere();
  }

  /// What each worker has sent.
  public List<SendCounters.Snapshot> sent() {
    return node.sent();
  }

  /// Processor time of the workers' threads.
  public long cpuNanos() {
    return workerThreads().map(threads::getThreadCpuTime).sum();
  }

  /// What the workers' threads have allocated.
  public long allocatedBytes() {
    return workerThreads().map(threads::getThreadAllocatedBytes).sum();
  }

  private LongStream workerThreads() {
    return Arrays.stream(threads.dumpAllThreads(false, false))
        .filter(thread -> thread.getThreadName().startsWith("vert.x-eventloop-thread"))
        .mapToLong(ThreadInfo::getThreadId);
  }

  @Override
  public Session publish(int stream, String offer) throws ExecutionException, InterruptedException {
    return open(stream, SessionRole.PUBLISHER, offer);
  }

  @Override
  public Session play(int stream, String offer) throws ExecutionException, InterruptedException {
    return open(stream, SessionRole.SUBSCRIBER, offer);
  }

  private Session open(int stream, SessionRole role, String offer)
      throws ExecutionException, InterruptedException {
    SessionId id = SessionId.generate(random);
    Reply reply =
        carrier
            .send(node.id(), new OpenSession(id, new StreamName("bench" + stream), role, offer))
            .toCompletableFuture()
            .get();
    if (!(reply instanceof SessionOpened opened)) {
      throw new ExecutionException(new IllegalStateException(reply.toString()));
    }
    return new Session() {
      @Override
      public String answer() {
        return opened.answer();
      }

      @Override
      public void end() {
        var _ = carrier.send(node.id(), new CloseSession(id, CloseReason.CLIENT_DELETED));
      }
    };
  }

  @Override
  public void close() {
    node.stop();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
