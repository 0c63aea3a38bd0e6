package io.wishbone.control.kafka;

import io.wishbone.control.ControlCodec;
import io.wishbone.control.MalformedMessageException;
import io.wishbone.control.NodeEvent;
import io.wishbone.control.NodeEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// The pods' end of events, twice. Together the pods are one consumer group, so that each event is
/// handled by one of them, also when it came while no pod was there; it may be handled twice after
/// a pod has died. And each pod by itself hears all events from the moment it is there. Heartbeats
/// are only heard.
public final class KafkaNodeEvents implements NodeEvents, AutoCloseable {

  private static final System.Logger LOG = System.getLogger(KafkaNodeEvents.class.getName());

  /// How soon the events of a pod that died reach another one.
  private static final int SESSION_TIMEOUT_MILLIS = 6_000;

  private static final int MOST_AT_ONCE = 200;

  /// Events of a busy cluster are taken in together: nobody notices that they come so much later.
  private static final Duration BREATH = Duration.ofMillis(50);

  /// While the group has noted nothing of a partition, it goes back so far: a pod that is given a
  /// partition may not pass over what came in between. Sessions that nobody names are forgotten
  /// after this time, so older events would change nothing.
  private static final Duration WORTH_HANDLING = Duration.ofMinutes(10);

  private final ControlCodec codec = new ControlCodec();
  private final List<Function<NodeEvent, CompletionStage<?>>> handlers =
      new CopyOnWriteArrayList<>();
  private final List<Consumer<NodeEvent>> watchers = new CopyOnWriteArrayList<>();
  private final AtomicLong malformed = new AtomicLong();
  private final String heartbeats;
  private final PollLoop handling;
  private final PollLoop watching;

  /// Connects; from when it returns, nothing that happens is missed once [#start] is called.
  public KafkaNodeEvents(KafkaSettings settings, String pod) {
    heartbeats = settings.heartbeats();
    var watcher = new KafkaConsumer<String, byte[]>(settings.consumer(pod + "-watch"));
    try {
      List<TopicPartition> happenings = partitions(watcher, settings.events());
      List<TopicPartition> all = new ArrayList<>(happenings);
      all.addAll(partitions(watcher, heartbeats));
      watcher.assign(all);
      watcher.seekToEnd(all);
      // Where heartbeats end need not be known, and cannot be of those whose only broker is away.
      happenings.forEach(watcher::position);
      watching = PollLoop.oneByOne("kafka-watch", watcher, this::watch, BREATH);
      var member = new KafkaConsumer<String, byte[]>(group(settings, pod));
      var handled =
          new HandledRecords(
              member,
              this::handle,
              partitions ->
                  FirstOffsets.seek(member, partitions, Instant.now().minus(WORTH_HANDLING)));
      member.subscribe(List.of(settings.events()), handled);
      handling = new PollLoop("kafka-events", member, handled, BREATH);
    } catch (RuntimeException failure) {
      PollLoop.close(watcher);
      throw failure;
    }
  }

  private static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, String topic) {
    return IntStream.range(0, TopicCreator.partitions(consumer, topic))
        .mapToObj(number -> new TopicPartition(topic, number))
        .toList();
  }

  static Map<String, Object> group(KafkaSettings settings, String pod) {
    Map<String, Object> properties = new HashMap<>(settings.consumer(pod + "-events"));
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, settings.topicPrefix() + "-signaling");
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "by_duration:" + WORTH_HANDLING);
    properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MILLIS);
    properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, SESSION_TIMEOUT_MILLIS / 4);
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST_AT_ONCE);
    return properties;
  }

  /// Begins to hand events on, once everybody who wants them has subscribed.
  public void start() {
    handling.start();
    watching.start();
  }

  /// Events that could not be read, and were skipped.
  public long malformed() {
    return malformed.get();
  }

  @Override
  public void subscribe(Function<NodeEvent, CompletionStage<?>> handler) {
    handlers.add(handler);
  }

  @Override
  public void watch(Consumer<NodeEvent> watcher) {
    watchers.add(watcher);
  }

  private void watch(ConsumerRecord<String, byte[]> record) {
    try {
      NodeEvent event = codec.decodeEvent(record.value());
      RecordHeaders.inTrace(
          record.headers(), () -> watchers.forEach(watcher -> watcher.accept(event)));
    } catch (MalformedMessageException e) {
      // What is handled, too, is counted there.
      if (record.topic().equals(heartbeats)) {
        skip(e);
      }
    }
  }

  private CompletionStage<?> handle(ConsumerRecord<String, byte[]> record) {
    NodeEvent event = read(record);
    if (event == null) {
      return CompletableFuture.completedStage(null);
    }
    List<CompletableFuture<?>> ends = new ArrayList<>();
    RecordHeaders.inTrace(
        record.headers(),
        () -> handlers.forEach(handler -> ends.add(handler.apply(event).toCompletableFuture())));
    return CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new));
  }

  private @Nullable NodeEvent read(ConsumerRecord<String, byte[]> record) {
    try {
      return codec.decodeEvent(record.value());
    } catch (MalformedMessageException e) {
      skip(e);
      return null;
    }
  }

  private void skip(MalformedMessageException e) {
    if (malformed.getAndIncrement() == 0) {
      LOG.log(System.Logger.Level.ERROR, "an event cannot be read", e);
    }
  }

  @Override
  public void close() {
    handling.close();
    watching.close();
  }
}
