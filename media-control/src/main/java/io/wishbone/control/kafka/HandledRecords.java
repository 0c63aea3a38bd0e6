package io.wishbone.control.kafka;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/// Notes at the broker which records of a group were handled, and only those. A partition brings
/// nothing more until all that it has brought has come to an end, however long that takes: so
/// handlers never hold more than one batch of each. What could not be handled comes again then,
/// with everything behind it on its partition. When the same keeps a partition from getting on for
/// long, that is logged.
///
/// Thread: the one that polls.
final class HandledRecords implements PollLoop.Batches, ConsumerRebalanceListener {

  private static final System.Logger LOG = System.getLogger(HandledRecords.class.getName());

  private static final Duration STEP = Duration.ofMillis(500);
  private static final Duration SHORT_POLL = Duration.ofMillis(10);
  private static final Duration COMMIT = Duration.ofSeconds(2);

  /// What was handled since the last note comes again when this process dies.
  private static final Duration BETWEEN_COMMITS = Duration.ofMillis(250);

  private static final Duration PAUSE_BEFORE_REPEATING = Duration.ofMillis(500);

  /// So long something may come again and again before anybody is to hear of it.
  static final Duration NO_PROGRESS = Duration.ofSeconds(30);

  private final Consumer<String, byte[]> consumer;
  private final Function<ConsumerRecord<String, byte[]>, CompletionStage<?>> handler;
  private final java.util.function.Consumer<Collection<TopicPartition>> onAssigned;
  private final Map<TopicPartition, Deque<Handling>> begun = new HashMap<>();

  /// Of partitions that were taken away meanwhile: they may come back, and bring it again.
  private final Map<TopicPartition, Map<Long, CompletableFuture<?>>> left = new HashMap<>();

  private final Map<TopicPartition, Repeated> repeated = new HashMap<>();
  private final Map<TopicPartition, OffsetAndMetadata> uncommitted = new HashMap<>();
  private final Semaphore ends = new Semaphore(0);
  private final LongSupplier clock;
  private long committedAt;

  /// @param handler returns what completes when the record is handled, exceptionally when it has to
  ///   come again
  /// @param onAssigned sees to where partitions begin of which nothing was noted
  HandledRecords(
      Consumer<String, byte[]> consumer,
      Function<ConsumerRecord<String, byte[]>, CompletionStage<?>> handler,
      java.util.function.Consumer<Collection<TopicPartition>> onAssigned) {
    this(consumer, handler, onAssigned, System::nanoTime);
  }

  /// @param clock nanoseconds
  HandledRecords(
      Consumer<String, byte[]> consumer,
      Function<ConsumerRecord<String, byte[]>, CompletionStage<?>> handler,
      java.util.function.Consumer<Collection<TopicPartition>> onAssigned,
      LongSupplier clock) {
    this.clock = clock;
    this.committedAt = clock.getAsLong() - BETWEEN_COMMITS.toNanos();
    this.consumer = consumer;
    this.onAssigned = onAssigned;
    this.handler = handler;
  }

  private record Handling(long offset, CompletableFuture<?> end) {}

  /// What keeps a partition from getting on.
  ///
  /// @param since nanoseconds
  private record Repeated(long offset, long since, boolean told) {}

  @Override
  public Duration patience() {
    if (!begun.isEmpty()) {
      return SHORT_POLL;
    }
    return uncommitted.isEmpty() ? PollLoop.POLL : BETWEEN_COMMITS;
  }

  @Override
  public void take(ConsumerRecords<String, byte[]> records) {
    for (TopicPartition partition : records.partitions()) {
      consumer.pause(List.of(partition));
      Deque<Handling> handlings = begun.computeIfAbsent(partition, _ -> new ArrayDeque<>());
      for (ConsumerRecord<String, byte[]> record : records.records(partition)) {
        handlings.add(new Handling(record.offset(), begin(partition, record)));
      }
    }
    awaitAnEnd();
    boolean repeats = settle();
    if (clock.getAsLong() - committedAt >= BETWEEN_COMMITS.toNanos()) {
      commit();
    }
    if (repeats) {
      sleep();
    }
  }

  private CompletableFuture<?> begin(TopicPartition partition, ConsumerRecord<String, byte[]> it) {
    CompletableFuture<?> before = left.getOrDefault(partition, Map.of()).get(it.offset());
    if (before != null && !before.isCompletedExceptionally()) {
      return before;
    }
    CompletableFuture<?> end = handle(it);
    var _ = end.whenComplete((_, _) -> ends.release());
    return end;
  }

  private CompletableFuture<?> handle(ConsumerRecord<String, byte[]> record) {
    try {
      return handler.apply(record).toCompletableFuture();
    } catch (RuntimeException failure) {
      return CompletableFuture.failedFuture(failure);
    } catch (Error error) {
      // It would be the same again, without end.
      LOG.log(System.Logger.Level.ERROR, "an event was not handled, and is passed over", error);
      return CompletableFuture.completedFuture(null);
    }
  }

  /// Until a partition has come to its end, or for a moment.
  private void awaitAnEnd() {
    long deadline = System.nanoTime() + STEP.toNanos();
    try {
      while (!begun.isEmpty() && begun.values().stream().noneMatch(HandledRecords::isOver)) {
        if (!ends.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          return;
        }
        ends.drainPermits();
      }
    } catch (InterruptedException interrupted) {
      throw new InterruptException(interrupted);
    }
  }

  private static boolean isOver(Deque<Handling> handlings) {
    return handlings.stream().allMatch(each -> each.end().isDone());
  }

  /// @return whether something has to come again
  private boolean settle() {
    boolean repeats = false;
    for (Iterator<Map.Entry<TopicPartition, Deque<Handling>>> all = begun.entrySet().iterator();
        all.hasNext(); ) {
      Map.Entry<TopicPartition, Deque<Handling>> each = all.next();
      TopicPartition partition = each.getKey();
      Deque<Handling> handlings = each.getValue();
      removeHandled(partition, handlings);
      if (isOver(handlings)) {
        all.remove();
        left.remove(partition);
        if (handlings.isEmpty()) {
          goesOn(partition);
        } else {
          comesAgain(partition, handlings.getFirst());
          consumer.seek(partition, handlings.getFirst().offset());
          repeats = true;
        }
        consumer.resume(List.of(partition));
      }
    }
    return repeats;
  }

  private void goesOn(TopicPartition partition) {
    Repeated before = repeated.remove(partition);
    if (before != null && before.told()) {
      LOG.log(System.Logger.Level.INFO, "partition {0} goes on", partition);
    }
  }

  private void comesAgain(TopicPartition partition, Handling first) {
    LOG.log(System.Logger.Level.DEBUG, "an event was not handled, and comes again");
    long now = clock.getAsLong();
    Repeated before = repeated.get(partition);
    if (before == null || before.offset() != first.offset()) {
      goesOn(partition);
      repeated.put(partition, new Repeated(first.offset(), now, false));
    } else if (!before.told() && now - before.since() >= NO_PROGRESS.toNanos()) {
      repeated.put(partition, new Repeated(before.offset(), before.since(), true));
      LOG.log(
          System.Logger.Level.WARNING,
          "partition {0} does not get on for {1} s: what is at {2} is not handled, and comes again"
              + " and again: {3}",
          partition,
          NO_PROGRESS.toSeconds(),
          Long.toString(first.offset()),
          first.end().handle((_, failure) -> failure).getNow(null));
    }
  }

  private void removeHandled(TopicPartition partition, Deque<Handling> handlings) {
    while (!handlings.isEmpty() && isHandled(handlings.getFirst())) {
      uncommitted.put(partition, new OffsetAndMetadata(handlings.removeFirst().offset() + 1));
    }
  }

  /// Notes at the broker, too, where partitions begin of which nothing was noted.
  void note(Map<TopicPartition, OffsetAndMetadata> begins) {
    uncommitted.putAll(begins);
  }

  private static boolean isHandled(Handling handling) {
    return handling.end().isDone() && !handling.end().isCompletedExceptionally();
  }

  /// When it fails, what comes next is noted with it.
  private void commit() {
    if (!uncommitted.isEmpty()) {
      consumer.commitSync(Map.copyOf(uncommitted), COMMIT);
      uncommitted.clear();
      committedAt = clock.getAsLong();
    }
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    begun.forEach(this::removeHandled);
    try {
      commit();
    } catch (InterruptException interrupted) {
      throw interrupted;
    } catch (RuntimeException failure) {
      // Some come again, to whoever has the partitions then.
      LOG.log(System.Logger.Level.DEBUG, "not noted before partitions were given back", failure);
    }
    partitions.forEach(this::leave);
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    partitions.forEach(this::leave);
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    // They bring what was not noted as handled.
    onAssigned.accept(partitions);
  }

  private void leave(TopicPartition partition) {
    uncommitted.remove(partition);
    repeated.remove(partition);
    Map<Long, CompletableFuture<?>> open = left.computeIfAbsent(partition, _ -> new HashMap<>());
    for (Handling each : begun.getOrDefault(partition, new ArrayDeque<>())) {
      open.put(each.offset(), each.end());
    }
    begun.remove(partition);
    open.values().removeIf(CompletableFuture::isCompletedExceptionally);
    if (open.isEmpty()) {
      left.remove(partition);
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(PAUSE_BEFORE_REPEATING);
    } catch (InterruptedException interrupted) {
      throw new InterruptException(interrupted);
    }
  }
}
