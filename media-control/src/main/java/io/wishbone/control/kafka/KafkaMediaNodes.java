package io.wishbone.control.kafka;

import io.wishbone.control.Command;
import io.wishbone.control.ControlCodec;
import io.wishbone.control.MalformedMessageException;
import io.wishbone.control.MediaNodes;
import io.wishbone.control.NodeId;
import io.wishbone.control.NodeUnreachableException;
import io.wishbone.control.Reply;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/// The pod's end of commands. A reply is waited for before its command is sent, so that none can
/// come too early. Safe for use by many threads; [#send] may block for as long as the deadline when
/// no broker is known yet.
public final class KafkaMediaNodes implements MediaNodes, AutoCloseable {

  private static final System.Logger LOG = System.getLogger(KafkaMediaNodes.class.getName());

  private final KafkaSettings settings;
  private final String pod;
  private final ControlCodec codec = new ControlCodec();
  private final Map<String, Pending> pending = new ConcurrentHashMap<>();
  private final AtomicLong malformed = new AtomicLong();
  private final KafkaProducer<String, byte[]> producer;
  private final PollLoop replies;
  private final int partitions;

  /// A reply that is waited for.
  private record Pending(NodeId node, CompletableFuture<Reply> reply) {}

  /// Connects, and is ready for replies when it returns.
  ///
  /// @param pod what no other pod is called, at any time
  public KafkaMediaNodes(KafkaSettings settings, String pod) {
    this.settings = settings;
    this.pod = pod;
    var consumer = new KafkaConsumer<String, byte[]>(settings.consumer(pod + "-replies"));
    try {
      int replyPartitions = TopicCreator.partitions(consumer, settings.replies());
      var mine = new TopicPartition(settings.replies(), Addressee.partition(pod, replyPartitions));
      consumer.assign(List.of(mine));
      consumer.seekToEnd(List.of(mine));
      // Where the end is has to be known before the first command is sent.
      consumer.position(mine);
      partitions = TopicCreator.partitions(consumer, settings.commands());
      producer = new KafkaProducer<>(settings.producer(pod + "-commands"));
    } catch (RuntimeException failure) {
      PollLoop.close(consumer);
      throw failure;
    }
    replies = PollLoop.oneByOne("kafka-replies", consumer, this::onReply);
    replies.start();
  }

  /// Replies that could not be read; their commands have failed.
  public long malformed() {
    return malformed.get();
  }

  @Override
  public CompletionStage<Reply> send(NodeId node, Command command) {
    String correlation = UUID.randomUUID().toString();
    var reply = new CompletableFuture<Reply>();
    pending.put(correlation, new Pending(node, reply));
    long millis = settings.commandDeadline().toMillis();
    try {
      producer.send(
          record(node, command, correlation, millis),
          (_, failure) -> {
            if (failure != null) {
              reply.completeExceptionally(
                  new NodeUnreachableException(node, "cannot be told: " + failure.getMessage()));
            }
          });
    } catch (RuntimeException failure) {
      reply.completeExceptionally(
          new NodeUnreachableException(node, "cannot be told: " + failure.getMessage()));
    }
    var _ = reply.whenComplete((_, _) -> pending.remove(correlation));
    return reply
        .orTimeout(millis, TimeUnit.MILLISECONDS)
        .exceptionallyCompose(failure -> CompletableFuture.failedFuture(explain(node, failure)));
  }

  private Throwable explain(NodeId node, Throwable failure) {
    return failure instanceof TimeoutException
        ? new NodeUnreachableException(
            node, "did not reply within " + settings.commandDeadline().toMillis() + " ms")
        : failure;
  }

  private ProducerRecord<String, byte[]> record(
      NodeId node, Command command, String correlation, long millis) {
    var record =
        new ProducerRecord<>(
            settings.commands(),
            Addressee.partition(node.value(), partitions),
            node.value(),
            codec.encode(command));
    RecordHeaders.put(record.headers(), RecordHeaders.CORRELATION, correlation);
    RecordHeaders.put(record.headers(), RecordHeaders.REPLY_TO, pod);
    RecordHeaders.put(record.headers(), RecordHeaders.LIFETIME, Long.toString(millis));
    RecordHeaders.putTrace(record.headers());
    return record;
  }

  private void onReply(ConsumerRecord<String, byte[]> record) {
    if (!pod.equals(record.key())) {
      return;
    }
    String correlation = RecordHeaders.text(record.headers(), RecordHeaders.CORRELATION);
    Pending waiting = correlation == null ? null : pending.get(correlation);
    if (waiting == null) {
      // Its command has missed its deadline.
      return;
    }
    try {
      waiting.reply().complete(codec.decodeReply(record.value()));
    } catch (MalformedMessageException e) {
      if (malformed.getAndIncrement() == 0) {
        LOG.log(System.Logger.Level.ERROR, "a reply cannot be read", e);
      }
      // There will be no other one.
      waiting
          .reply()
          .completeExceptionally(
              new NodeUnreachableException(waiting.node(), "has sent a reply that cannot be read"));
    }
  }

  @Override
  public void close() {
    replies.close();
    producer.close(java.time.Duration.ofSeconds(1));
  }
}
