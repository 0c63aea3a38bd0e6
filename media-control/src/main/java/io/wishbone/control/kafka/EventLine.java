package io.wishbone.control.kafka;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/// The events that wait to be sent, and those that are on their way. A heartbeat goes before all
/// that waits, however much that is: a node whose heartbeats are late is taken for lost. It has
/// several ways, and takes the first on which none is unanswered: where a broker is gone, or stands
/// still, one is stuck, and the next goes around it.
///
/// All else goes in order, several at a time. When one fails, it and everything sent after it goes
/// again once nothing is on its way any more: an event may come twice, but last comes what was said
/// last.
///
/// Bounded; safe for use by many threads, none of which is held up for long.
final class EventLine {

  /// Minutes of what a busy node has to say, some megabytes.
  static final int CAPACITY = 20_000;

  /// So many brokers or less have to be silent at once for a heartbeat to wait.
  static final int WAYS = 3;

  /// What a heartbeat may have before it at most, besides what the producer has sent already.
  static final int ON_THE_WAY = 64;

  private final int capacity;
  private final LinkedHashMap<Object, Event> waiting = new LinkedHashMap<>();
  private final Deque<Event> sent = new ArrayDeque<>();
  private @Nullable Event heartbeat;
  private final Map<Integer, Event> sentHeartbeats = new HashMap<>();
  private boolean hasFailed;
  private long dropped;

  private enum State {
    WAITING,
    SENT,
    ARRIVED,
    FAILED
  }

  /// One record, and what has become of it.
  static final class Event {
    private static final int NO_WAY = -1;

    private final Object subject;
    private final ProducerRecord<String, byte[]> record;
    private final boolean sure;
    private State state = State.WAITING;
    private int way = NO_WAY;

    private Event(Object subject, ProducerRecord<String, byte[]> record, boolean sure) {
      this.subject = subject;
      this.record = record;
      this.sure = sure;
    }

    ProducerRecord<String, byte[]> record() {
      return record;
    }

    boolean isHeartbeat() {
      return way != NO_WAY;
    }

    /// Of a heartbeat: 0 for the way that is taken while its broker answers.
    int way() {
      return way;
    }
  }

  EventLine() {
    this(CAPACITY);
  }

  EventLine(int capacity) {
    this.capacity = capacity;
  }

  /// Takes the place of a heartbeat that still waits.
  synchronized void addHeartbeat(ProducerRecord<String, byte[]> record) {
    heartbeat = new Event(new Object(), record, false);
    notifyAll();
  }

  /// Goes until it has arrived.
  synchronized void addSurely(ProducerRecord<String, byte[]> record) {
    add(new Event(new Object(), record, true));
  }

  /// Goes until it has arrived, or something newer about the same subject has come.
  synchronized void addLatest(Object subject, ProducerRecord<String, byte[]> record) {
    add(new Event(subject, record, true));
  }

  /// Goes once, for the next one says the same anew.
  synchronized void addOnce(ProducerRecord<String, byte[]> record) {
    add(new Event(new Object(), record, false));
  }

  private void add(Event event) {
    if (waiting.size() >= capacity && !waiting.containsKey(event.subject)) {
      dropped++;
      return;
    }
    // Something newer takes the place of the older, and does not wait anew.
    waiting.put(event.subject, event);
    notifyAll();
  }

  /// Events that found the line full.
  synchronized long dropped() {
    return dropped;
  }

  /// Events that wait, heartbeats not counted.
  synchronized int length() {
    return waiting.size();
  }

  /// Whether everything has arrived.
  synchronized boolean isEmpty() {
    return waiting.isEmpty() && sent.isEmpty() && heartbeat == null && sentHeartbeats.isEmpty();
  }

  /// Waits until something may go, or for so long.
  ///
  /// @return null when nothing may go yet
  synchronized @Nullable Event next(Duration patience) throws InterruptedException {
    Event next = next();
    if (next == null && !canRecover()) {
      wait(patience.toMillis());
      next = next();
    }
    return next;
  }

  /// @return what is to be sent now; null when nothing may go
  synchronized @Nullable Event next() {
    if (heartbeat != null && sentHeartbeats.size() < WAYS) {
      Event next = heartbeat;
      next.state = State.SENT;
      next.way = freeWay();
      sentHeartbeats.put(next.way, next);
      heartbeat = null;
      return next;
    }
    if (hasFailed || sent.size() >= ON_THE_WAY || waiting.isEmpty()) {
      return null;
    }
    Event next = waiting.pollFirstEntry().getValue();
    next.state = State.SENT;
    sent.addLast(next);
    return next;
  }

  private int freeWay() {
    int way = 0;
    while (sentHeartbeats.containsKey(way)) {
      way++;
    }
    return way;
  }

  synchronized void arrived(Event event) {
    end(event, State.ARRIVED);
  }

  synchronized void failed(Event event) {
    end(event, event.sure ? State.FAILED : State.ARRIVED);
  }

  private void end(Event event, State state) {
    if (event.state != State.SENT) {
      return;
    }
    event.state = state;
    hasFailed |= state == State.FAILED;
    if (event.isHeartbeat()) {
      sentHeartbeats.remove(event.way);
    }
    while (!sent.isEmpty() && sent.getFirst().state == State.ARRIVED) {
      sent.removeFirst();
    }
    notifyAll();
  }

  private boolean canRecover() {
    return hasFailed && sent.stream().noneMatch(each -> each.state == State.SENT);
  }

  /// Puts what failed, and what was sent after it, to the front again, once nothing of that is on
  /// its way any more.
  ///
  /// @return whether there was something
  synchronized boolean recover() {
    if (!canRecover()) {
      return false;
    }
    List<Event> again = new ArrayList<>(sent);
    sent.clear();
    hasFailed = false;
    for (Event event : again.reversed()) {
      // When something newer waits, that is enough.
      if (event.sure && !waiting.containsKey(event.subject)) {
        event.state = State.WAITING;
        waiting.putFirst(event.subject, event);
      }
    }
    return true;
  }
}
