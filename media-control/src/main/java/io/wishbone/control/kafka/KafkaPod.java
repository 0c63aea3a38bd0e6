package io.wishbone.control.kafka;

import io.wishbone.control.Command;
import io.wishbone.control.EventPublisher;
import io.wishbone.control.MediaNodes;
import io.wishbone.control.NodeEvent;
import io.wishbone.control.NodeEvents;
import io.wishbone.control.NodeId;
import io.wishbone.control.NodeUnreachableException;
import io.wishbone.control.Reply;
import io.wishbone.control.StreamName;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// All that a signalling pod has to do with Kafka. It is there at once, whether or not a broker is:
/// commands fail until one can be reached, at once and not at their deadline, and events are heard
/// from then on.
public final class KafkaPod implements MediaNodes, NodeEvents, EventPublisher, AutoCloseable {

  private final KafkaSettings settings;
  private final String pod;
  private final List<Function<NodeEvent, CompletionStage<?>>> handlers =
      new CopyOnWriteArrayList<>();
  private final List<Consumer<NodeEvent>> watchers = new CopyOnWriteArrayList<>();
  private final KafkaEventPublisher publisher;
  private final BrokerWatch brokers;
  private volatile @Nullable KafkaMediaNodes nodes;
  private volatile @Nullable KafkaNodeEvents events;
  private volatile @Nullable LifecycleTopic lifecycle;
  private volatile @Nullable LifecycleHandler reader;
  private volatile @Nullable LifecycleReader reading;

  /// @param pod what no other pod is called, at any time
  public KafkaPod(KafkaSettings settings, String pod) {
    this.settings = settings;
    this.pod = pod;
    publisher = new KafkaEventPublisher(settings, pod, pod);
    brokers = new BrokerWatch(settings, pod, this::connect, () -> {});
  }

  /// Begins to look for a broker, once everybody who wants events has subscribed.
  public void start() {
    brokers.start();
  }

  private void connect() {
    if (nodes == null) {
      nodes = new KafkaMediaNodes(settings, pod);
    }
    if (lifecycle == null) {
      lifecycle = new LifecycleTopic(settings, pod);
    }
    LifecycleHandler handler = reader;
    if (handler != null && reading == null) {
      var begun = new LifecycleReader(settings, pod, handler);
      begun.start();
      reading = begun;
    }
    var connected = new KafkaNodeEvents(settings, pod);
    handlers.forEach(connected::subscribe);
    watchers.forEach(connected::watch);
    connected.start();
    events = connected;
  }

  /// Whether commands can be sent now.
  public boolean isReachable() {
    return brokers.isReachable();
  }

  /// What came to nothing so far.
  public LostMessages lost() {
    KafkaMediaNodes told = nodes;
    KafkaNodeEvents heard = events;
    LifecycleTopic others = lifecycle;
    return new LostMessages(
        (told == null ? 0 : told.malformed()) + (heard == null ? 0 : heard.malformed()),
        0,
        publisher.dropped() + (others == null ? 0 : others.refused()));
  }

  @Override
  public CompletionStage<Reply> send(NodeId node, Command command) {
    KafkaMediaNodes connected = nodes;
    return connected == null || !isReachable()
        ? CompletableFuture.failedFuture(
            new NodeUnreachableException(node, "cannot be told, for Kafka cannot be reached"))
        : connected.send(node, command);
  }

  @Override
  public void subscribe(Function<NodeEvent, CompletionStage<?>> handler) {
    handlers.add(handler);
  }

  @Override
  public void watch(Consumer<NodeEvent> watcher) {
    watchers.add(watcher);
  }

  @Override
  public void publish(NodeEvent event) {
    publisher.publish(event);
  }

  /// Tells programs of others what has become of a stream, or a session of it.
  ///
  /// @param stream what is told of one stream stays in order
  /// @return complete when brokers have it, or would never take it, which is counted in [#lost];
  ///   exceptionally when it has to be told again
  public CompletionStage<Void> tellOthers(StreamName stream, byte[] event) {
    LifecycleTopic topic = lifecycle;
    return topic == null
        ? CompletableFuture.failedFuture(new IllegalStateException("Kafka cannot be reached"))
        : topic.send(stream.value(), event);
  }

  /// Has the pods together read what [#tellOthers] tells, each event in one of them. To be called
  /// before [#start].
  public void readAgain(LifecycleHandler handler) {
    reader = handler;
  }

  @Override
  public void close() {
    brokers.close();
    LifecycleReader read = reading;
    if (read != null) {
      read.close();
    }
    KafkaNodeEvents heard = events;
    if (heard != null) {
      heard.close();
    }
    publisher.close();
    LifecycleTopic others = lifecycle;
    if (others != null) {
      others.close();
    }
    KafkaMediaNodes told = nodes;
    if (told != null) {
      told.close();
    }
  }
}
