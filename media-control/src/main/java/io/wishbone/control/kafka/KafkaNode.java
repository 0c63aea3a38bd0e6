package io.wishbone.control.kafka;

import io.wishbone.control.Command;
import io.wishbone.control.CommandHandler;
import io.wishbone.control.EventPublisher;
import io.wishbone.control.MediaNodes;
import io.wishbone.control.NodeEvent;
import io.wishbone.control.NodeHeartbeat;
import io.wishbone.control.NodeId;
import io.wishbone.control.NodeUnreachableException;
import io.wishbone.control.Reply;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// All that a media node has to do with Kafka: commands to it, events from it, commands to other
/// nodes. It is there at once, whether or not a broker is; the node counts as alive from when it
/// hears commands.
public final class KafkaNode implements EventPublisher, MediaNodes, AutoCloseable {

  private final KafkaSettings settings;
  private final NodeId node;
  private final KafkaEventPublisher events;
  private final BrokerWatch brokers;
  private volatile @Nullable CommandHandler handler;
  private volatile Runnable whenReachable = () -> {};
  private volatile @Nullable KafkaCommands commands;
  private volatile @Nullable KafkaMediaNodes others;

  public KafkaNode(KafkaSettings settings, NodeId node) {
    this.settings = settings;
    this.node = node;
    events = new KafkaEventPublisher(settings, node.value(), node.value());
    brokers = new BrokerWatch(settings, node.value(), this::connect, this::isBack);
  }

  /// Begins to look for a broker, and to take in commands.
  ///
  /// @param onReachable called whenever a broker can be reached that could not before: others may
  ///   have given the node's sessions up
  public void serve(CommandHandler commandHandler, Runnable onReachable) {
    handler = commandHandler;
    whenReachable = onReachable;
    brokers.start();
  }

  private void connect() {
    CommandHandler served = handler;
    if (served == null) {
      throw new IllegalStateException("started before there is a handler");
    }
    if (others == null) {
      others = new KafkaMediaNodes(settings, node.value());
    }
    commands = new KafkaCommands(settings, node, served);
  }

  private void isBack() {
    whenReachable.run();
  }

  /// Whether a broker can be reached now.
  public boolean isReachable() {
    return brokers.isReachable();
  }

  /// What came to nothing so far.
  public LostMessages lost() {
    KafkaCommands taken = commands;
    KafkaMediaNodes told = others;
    return new LostMessages(
        (taken == null ? 0 : taken.malformed()) + (told == null ? 0 : told.malformed()),
        taken == null ? 0 : taken.late(),
        (taken == null ? 0 : taken.dropped()) + events.dropped());
  }

  @Override
  public void publish(NodeEvent event) {
    if (commands != null || !(event instanceof NodeHeartbeat)) {
      events.publish(event);
    }
  }

  @Override
  public CompletionStage<Reply> send(NodeId other, Command command) {
    KafkaMediaNodes connected = others;
    return connected == null || !isReachable()
        ? CompletableFuture.failedFuture(
            new NodeUnreachableException(other, "cannot be told, for Kafka cannot be reached"))
        : connected.send(other, command);
  }

  @Override
  public void close() {
    brokers.close();
    KafkaCommands taken = commands;
    if (taken != null) {
      taken.close();
    }
    KafkaMediaNodes told = others;
    if (told != null) {
      told.close();
    }
    events.close();
  }
}
