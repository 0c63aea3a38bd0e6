package io.wishbone.control.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class EventLineTest {

  private final EventLine line = new EventLine(5_000);
  private final List<EventLine.Event> sent = new ArrayList<>();

  private static ProducerRecord<String, byte[]> record(String text) {
    return new ProducerRecord<>("events", "node", text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(EventLine.Event event) {
    return new String(event.record().value(), StandardCharsets.UTF_8);
  }

  /// Takes all that may go now.
  private List<String> send() {
    List<String> texts = new ArrayList<>();
    for (EventLine.Event next = line.next(); next != null; next = line.next()) {
      sent.add(next);
      texts.add(text(next));
    }
    return texts;
  }

  private void arrive(int count) {
    for (int i = 0; i < count; i++) {
      line.arrived(sent.removeFirst());
    }
  }

  private static List<String> numbers(int from, int to) {
    return IntStream.range(from, to).mapToObj(Integer::toString).toList();
  }

  private void addSurely(int from, int to) {
    numbers(from, to).forEach(each -> line.addSurely(record(each)));
  }

  @Test
  void aHeartbeatGoesBeforeThousandsThatWait() {
    addSurely(0, 4_000);
    assertThat(send()).hasSize(EventLine.ON_THE_WAY);
    line.addHeartbeat(record("beat"));
    assertThat(send()).containsExactly("beat");
  }

  @Test
  void aHeartbeatGoesAroundOneThatIsNotAnswered() {
    for (int beat = 0; beat < 10; beat++) {
      line.addHeartbeat(record("answered " + beat));
      send();
      assertThat(sent.getLast().way()).isZero();
      arrive(1);
    }
    line.addHeartbeat(record("stuck"));
    send();
    for (int beat = 0; beat < 10; beat++) {
      line.addHeartbeat(record("around " + beat));
      assertThat(send()).containsExactly("around " + beat);
      assertThat(sent.getLast().way()).isEqualTo(1);
      line.arrived(sent.removeLast());
    }
    arrive(1);
    line.addHeartbeat(record("as before"));
    send();
    assertThat(sent.getLast().way()).isZero();
  }

  @Test
  void onlyTheLatestHeartbeatIsKeptWhileNoWayIsFree() {
    for (int way = 0; way < EventLine.WAYS; way++) {
      line.addHeartbeat(record("beat " + way));
      assertThat(send()).containsExactly("beat " + way);
    }
    line.addHeartbeat(record("second to last"));
    line.addHeartbeat(record("last"));
    assertThat(send()).isEmpty();
    line.failed(sent.remove(1));
    assertThat(send()).containsExactly("last");
    assertThat(sent.getLast().way()).isEqualTo(1);
    arrive(EventLine.WAYS);
    assertThat(line.isEmpty()).isTrue();
  }

  @Test
  void aHeartbeatThatFailedIsReplacedByTheNext() {
    line.addHeartbeat(record("first"));
    send();
    line.failed(sent.removeFirst());
    assertThat(line.recover()).isFalse();
    assertThat(line.isEmpty()).isTrue();
    line.addHeartbeat(record("second"));
    assertThat(send()).containsExactly("second");
  }

  @Test
  void manyAreOnTheirWayAndInOrder() {
    addSurely(0, 100);
    assertThat(send()).isEqualTo(numbers(0, 64));
    arrive(10);
    assertThat(send()).isEqualTo(numbers(64, 74));
    arrive(64);
    assertThat(send()).isEqualTo(numbers(74, 100));
    arrive(26);
    assertThat(line.isEmpty()).isTrue();
  }

  @Test
  void whatFailsGoesAgainWithAllBehindItOnceNothingIsOnItsWay() {
    addSurely(0, 100);
    send();
    arrive(2);
    EventLine.Event third = sent.removeFirst();
    line.failed(third);
    assertThat(send()).isEmpty();
    arrive(60);
    assertThat(line.recover()).isFalse();
    line.addHeartbeat(record("beat"));
    assertThat(send()).containsExactly("beat");
    line.arrived(sent.removeFirst());
    assertThat(line.recover()).isTrue();
    assertThat(send()).isEqualTo(numbers(2, 66));
  }

  @Test
  void ofASubjectOnlyTheLatestIsKeptInThePlaceOfTheFirst() {
    for (int i = 0; i < 3_000; i++) {
      line.addLatest("stream", record("status " + i));
    }
    line.addSurely(record("ended"));
    line.addLatest("other", record("other"));
    line.addLatest("stream", record("last"));
    assertThat(line.length()).isEqualTo(3);
    assertThat(send()).containsExactly("last", "ended", "other");
  }

  @Test
  void anOldStatusThatFailedDoesNotGoAgainWhenANewerOneWaits() {
    line.addLatest("stream", record("old"));
    line.addSurely(record("ended"));
    send();
    line.addLatest("stream", record("new"));
    line.failed(sent.removeFirst());
    line.failed(sent.removeFirst());
    assertThat(line.recover()).isTrue();
    assertThat(send()).containsExactly("ended", "new");
  }

  @Test
  void whatIsSaidOnceIsForgottenWhenItFails() {
    line.addOnce(record("alive"));
    line.addSurely(record("ended"));
    send();
    line.failed(sent.removeFirst());
    arrive(1);
    assertThat(line.recover()).isFalse();
    assertThat(line.isEmpty()).isTrue();
  }

  @Test
  void whatFindsItFullIsDroppedAndCounted() {
    line.addLatest("stream", record("old"));
    addSurely(0, 5_000);
    line.addLatest("stream", record("new"));
    assertThat(line.dropped()).isEqualTo(1);
    assertThat(line.length()).isEqualTo(5_000);
    assertThat(send()).startsWith("new", "0", "1");
  }
}
