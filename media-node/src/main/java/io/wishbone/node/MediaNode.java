package io.wishbone.node;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.wishbone.control.Command;
import io.wishbone.control.CommandHandler;
import io.wishbone.control.Drain;
import io.wishbone.control.EventPublisher;
import io.wishbone.control.MediaNodes;
import io.wishbone.control.NodeHeartbeat;
import io.wishbone.control.NodeId;
import io.wishbone.control.Reply;
import io.wishbone.node.control.Heartbeat;
import io.wishbone.node.control.NodeCommands;
import io.wishbone.node.io.LoadMeter;
import io.wishbone.node.io.MediaLoop;
import io.wishbone.node.io.MediaLoops;
import io.wishbone.node.io.SendCounters;
import io.wishbone.node.metrics.NodeMeters;
import io.wishbone.node.tracing.NodeTraces;
import io.wishbone.node.worker.MediaWorker;
import io.wishbone.node.worker.RelayParts;
import io.wishbone.webrtc.dtls.DtlsIdentity;
import io.wishbone.webrtc.sdp.IceCandidate;
import io.wishbone.webrtc.srtp.SrtpProfile;
import io.wishbone.webrtc.srtp.backend.SrtpBackends;
import io.wishbone.webrtc.transport.TransportParts;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The media node of this process: its workers, its commands and its heartbeat.
///
/// It starts before the beans of the program that contains it, and stops after they have heard of
/// the shutdown: a program registers [#commands] with its carrier in between.
@Singleton
public final class MediaNode {
  private static final System.Logger LOGGER = System.getLogger(MediaNode.class.getName());

  /// DTLS steps that may wait before new sessions are refused: about two seconds of work.
  private static final int MAX_OFFLOAD_BACKLOG = 500;

  private static final Duration FAREWELL = Duration.ofSeconds(3);
  private static final long LOOK_NANOS = 50_000_000;

  private final NodeSettings settings;
  private final NodeMeters meters;
  private final NodeTraces traces;

  /// The loops' clock begins with the node.
  private final long wallClockOffsetNanos = System.currentTimeMillis() * 1_000_000L;

  private final MediaLoops io;
  private final NodeCommands commands;
  private final CommandHandler traced;
  private final Heartbeat heartbeat;
  private final Departure departure;
  private volatile Runnable whenGone = () -> {};
  private @Nullable Thread watch;
  private volatile LoadMeter meter = new LoadMeter(List.of());
  private final List<MediaLoop> loops = new ArrayList<>();
  private final List<IceCandidate> candidates = new ArrayList<>();

  @Inject
  public MediaNode(
      NodeConfig config,
      MediaLoops io,
      EventPublisher events,
      MediaNodes nodes,
      NodeMeters meters,
      NodeTraces traces) {
    this(NodeSettings.of(config), io, events, nodes, meters, traces);
  }

  /// A node with these settings.
  ///
  /// @param nodes how it reaches other nodes
  public MediaNode(
      NodeSettings settings,
      MediaLoops io,
      EventPublisher events,
      MediaNodes nodes,
      NodeMeters meters,
      NodeTraces traces) {
    this.settings = settings;
    this.traces = traces;
    this.meters = meters;
    meters.name(settings.id().value(), settings.region(), settings.zone());
    this.io = io;
    this.commands =
        new NodeCommands(
            settings.id(),
            settings.workers(),
            settings.relays().viewersPerWorker(),
            settings.viewersPerStream(),
            new CountedEvents(events, meters),
            traces.follow(nodes),
            () -> io.offloadBacklog() > MAX_OFFLOAD_BACKLOG);
    this.traced = traces.follow(commands);
    this.heartbeat = new Heartbeat(events, this::state, commands::sessions);
    this.departure = new Departure(commands::isIdle);
  }

  public NodeId id() {
    return settings.id();
  }

  /// Where commands go.
  public CommandHandler commands() {
    return this::handle;
  }

  private void handle(Command command, Consumer<Reply> reply) {
    traced.handle(command, reply);
    if (command instanceof Drain drain) {
      heartbeat.beatNow();
      if (drain.within() != null) {
        leave(drain.within());
      } else if (!drain.draining()) {
        departure.takeBack();
      }
    }
  }

  /// What clients are told about where the node is, worker by worker.
  public List<IceCandidate> candidates() {
    return List.copyOf(candidates);
  }

  /// What was sent so far, worker by worker. Safe to call from any thread, while the node runs.
  public List<SendCounters.Snapshot> sent() {
    return loops.stream().map(MediaLoop::sent).toList();
  }

  void onStart(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) StartupEvent event) {
    start();
  }

  void onStop(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) ShutdownEvent event) {
    stop();
  }

  /// Binds the workers' ports. Returns when the node can take commands.
  ///
  /// @throws IllegalArgumentException when what is to be advertised cannot be resolved, or the SRTP
  ///   back end that is asked for is not there
  /// @throws IllegalStateException when a port cannot be bound, or a worker not be made
  public void start() {
    var advertised = AdvertisedPlace.resolve(settings.advertised(), settings.workers());
    var identity = DtlsIdentity.generate(new SecureRandom());
    Thread.ofVirtual()
        .name("first handshake")
        .start(() ->
            LOGGER.log(
                System.Logger.Level.DEBUG,
                "The first DTLS handshake, of the node with itself, connects: {0}",
                FirstHandshake.make(identity, new SecureRandom())));
    var backends = SrtpBackends.find();
    LOGGER.log(
        System.Logger.Level.INFO,
        "Media is encrypted by {0}; there are {1}",
        backends.provider(settings.srtpBackend()).name(),
        backends.names());
    for (int i = 0; i < settings.workers(); i++) {
      loops.add(open(i, identity, backends, advertised));
    }
    commands.start(loops);
    meter = new LoadMeter(loops);
    meters.start(loops, () -> meter.latest());
    heartbeat.start();
    for (IceCandidate candidate : candidates) {
      LOGGER.log(
          System.Logger.Level.INFO,
          "Media node {0} is at UDP {1} port {2,number,#}",
          id(),
          candidate.address(),
          candidate.port());
    }
  }

  private MediaLoop open(
      int worker, DtlsIdentity identity, SrtpBackends backends, List<AdvertisedPlace> advertised) {
    InetSocketAddress bind = settings.bind(worker);
    try {
      return io.open(
              bind,
              settings.sendPath(),
              (outbox, offload, bound, relaySockets) -> {
                List<IceCandidate> own =
                    HostCandidates.of(bound, advertised, worker, settings.clientsAreHere());
                candidates.addAll(own);
                var random = new SecureRandom();
                return new MediaWorker(
                    settings.worker(own).withWallClockOffset(wallClockOffsetNanos),
                    new TransportParts(
                        outbox,
                        offload,
                        identity,
                        List.of(SrtpProfile.values()),
                        backends.provider(settings.srtpBackend()),
                        random),
                    new RelayParts(
                        id().value(),
                        settings.relays().limits(),
                        HostCandidates.forNodes(
                            bound, advertised, worker, settings.clientsAreHere()),
                        relaySockets,
                        commands.relayRequests(worker)),
                    random,
                    meters.measure(traces.follow(commands.listener(worker))));
              })
          .toCompletableFuture()
          .join();
    } catch (CompletionException failure) {
      throw switch (failure.getCause()) {
        case IOException refused ->
            new IllegalStateException(
                "cannot receive media on UDP " + bind.getHostString() + ":" + bind.getPort(),
                refused);
        case null, default -> new IllegalStateException("cannot make a media worker", failure);
      };
    }
  }

  /// Says which sessions it has, out of turn: it was cut off, and others may have given them up.
  public void nameSessions() {
    heartbeat.nameSessionsNow();
  }

  /// Takes no new sessions from now on; existing ones go on.
  public void drain() {
    commands.drain();
    heartbeat.beatNow();
  }

  /// How the program ends that this node is all of, once [#leave] has come to its end.
  public void whenGone(Runnable end) {
    whenGone = end;
  }

  /// Takes no new sessions from now on, and gives those that are there so long. When none is left,
  /// or the time is over, the program is told that it can end, and [#stop] ends the rest.
  public void leave(Duration within) {
    drain();
    departure.begin(within, System.nanoTime());
    LOGGER.log(
        System.Logger.Level.INFO,
        "Media node {0} takes no new sessions, and ends when it has none, in {1} s at the latest",
        id(),
        Long.toString(within.toSeconds()));
    synchronized (departure) {
      if (watch == null) {
        watch = Thread.ofVirtual().name("departure").start(this::watchDeparture);
      }
    }
  }

  private void watchDeparture() {
    while (!departure.isDue(System.nanoTime())) {
      LockSupport.parkNanos(LOOK_NANOS);
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
    }
    LOGGER.log(
        System.Logger.Level.INFO,
        "Media node {0} ends, with {1} publishers and {2} viewers",
        id(),
        commands.publishers(),
        commands.subscribers());
    whenGone.run();
  }

  /// Ends all sessions, gives the farewells a moment to get out, and closes the ports.
  public void stop() {
    synchronized (departure) {
      if (watch != null) {
        watch.interrupt();
      }
    }
    commands.drain();
    commands.closeAll();
    awaitFarewells();
    heartbeat.stop();
    meters.stop();
    for (MediaLoop loop : loops) {
      loop.close().toCompletableFuture().join();
    }
    loops.clear();
  }

  /// A close_notify is a DTLS step: it is out when none is left.
  private void awaitFarewells() {
    long deadline = System.nanoTime() + FAREWELL.toNanos();
    for (MediaLoop loop : loops) {
      loop.idle().toCompletableFuture().join();
    }
    while (io.offloadBacklog() > 0 && System.nanoTime() < deadline) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  private NodeHeartbeat state() {
    LoadMeter.Load load = meter.load();
    return new NodeHeartbeat(
        id(),
        settings.region(),
        settings.zone(),
        commands.publishers(),
        commands.subscribers(),
        settings.workers() * settings.sessionsPerWorker(),
        commands.isDraining(),
        load.packetsPerSecond(),
        load.headroom());
  }
}
