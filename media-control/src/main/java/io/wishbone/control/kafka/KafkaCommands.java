package io.wishbone.control.kafka;

import io.wishbone.control.CloseSession;
import io.wishbone.control.Command;
import io.wishbone.control.CommandHandler;
import io.wishbone.control.ControlCodec;
import io.wishbone.control.MalformedMessageException;
import io.wishbone.control.NodeId;
import io.wishbone.control.Reply;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// The node's end of commands: takes in what is sent to this node and sends the replies back. A
/// command that came too late for anybody to wait for it is not carried out, unless it closes a
/// session: a node that was cut off for a while had better hear that its publisher was replaced.
/// One may come twice, when a pod's send was repeated; the handler answers it as the first time.
public final class KafkaCommands implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(KafkaCommands.class.getName());

  /// Clocks of pods and nodes differ by less than this.
  private static final long CLOCK_SKEW_MILLIS = 5_000;

  private final KafkaSettings settings;
  private final NodeId node;
  private final CommandHandler handler;
  private final ControlCodec codec = new ControlCodec();
  private final InstantSource clock = InstantSource.system();
  private final AtomicLong malformed = new AtomicLong();
  private final AtomicLong late = new AtomicLong();
  private final RecordSender replies;
  private final PollLoop commands;
  private final int replyPartitions;

  /// Connects; from when it returns, no command to this node is missed.
  public KafkaCommands(KafkaSettings settings, NodeId node, CommandHandler handler) {
    this.settings = settings;
    this.node = node;
    this.handler = handler;
    var consumer = new KafkaConsumer<String, byte[]>(settings.consumer(node + "-commands"));
    try {
      int partitions = TopicCreator.partitions(consumer, settings.commands());
      var mine =
          new TopicPartition(settings.commands(), Addressee.partition(node.value(), partitions));
      consumer.assign(List.of(mine));
      consumer.seekToEnd(List.of(mine));
      consumer.position(mine);
      replyPartitions = TopicCreator.partitions(consumer, settings.replies());
    } catch (RuntimeException failure) {
      PollLoop.close(consumer);
      throw failure;
    }
    replies = new RecordSender("kafka-replies", settings.producer(node + "-replies"));
    commands = PollLoop.oneByOne("kafka-commands", consumer, this::onCommand);
    replies.start();
    commands.start();
  }

  /// Commands that could not be read, and were skipped.
  public long malformed() {
    return malformed.get();
  }

  /// Commands that came after their deadline, and were skipped.
  public long late() {
    return late.get();
  }

  /// Replies that found too many before them.
  public long dropped() {
    return replies.dropped();
  }

  private void onCommand(ConsumerRecord<String, byte[]> record) {
    if (!node.value().equals(record.key())) {
      return;
    }
    Command command;
    try {
      command = codec.decodeCommand(record.value());
    } catch (MalformedMessageException e) {
      if (malformed.getAndIncrement() == 0) {
        LOG.log(System.Logger.Level.ERROR, "a command cannot be read", e);
      }
      return;
    }
    if (isLate(record) && !(command instanceof CloseSession)) {
      late.incrementAndGet();
      return;
    }
    String pod = RecordHeaders.text(record.headers(), RecordHeaders.REPLY_TO);
    String correlation = RecordHeaders.text(record.headers(), RecordHeaders.CORRELATION);
    RecordHeaders.inTrace(
        record.headers(), () -> handler.handle(command, reply -> reply(pod, correlation, reply)));
  }

  private boolean isLate(ConsumerRecord<String, byte[]> record) {
    long lifetime = RecordHeaders.number(record.headers(), RecordHeaders.LIFETIME, 0);
    return clock.millis() > record.timestamp() + lifetime + CLOCK_SKEW_MILLIS;
  }

  private void reply(@Nullable String pod, @Nullable String correlation, Reply reply) {
    if (pod == null || correlation == null) {
      return;
    }
    var record =
        new ProducerRecord<>(
            settings.replies(),
            Addressee.partition(pod, replyPartitions),
            pod,
            codec.encode(reply));
    RecordHeaders.put(record.headers(), RecordHeaders.CORRELATION, correlation);
    long deadline = clock.millis() + settings.commandDeadline().toMillis();
    replies.sendOnce(record, () -> clock.millis() < deadline);
  }

  @Override
  public void close() {
    commands.close();
    replies.close();
  }
}
