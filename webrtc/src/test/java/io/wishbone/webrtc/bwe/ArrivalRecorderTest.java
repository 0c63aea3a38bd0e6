package io.wishbone.webrtc.bwe;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.rtcp.RtcpCodec;
import io.wishbone.webrtc.rtcp.TransportFeedback;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ArrivalRecorderTest {

  private static final long MILLISECOND = 1_000_000;
  private static final long START = 12_345_678_901L;
  private static final long SENDER = 7;
  private static final long MEDIA = 0xDEADBEEFL;

  private final ArrivalRecorder recorder = new ArrivalRecorder(SENDER);
  private long now = START;

  @Test
  void hasNothingToSayBeforeAPacketComes() {
    assertThat(recorder.nextTimeoutNanos()).isEqualTo(Long.MAX_VALUE);
    assertThat(recorder.handleTimeout(START)).isEmpty();
  }

  @Test
  void speaksFiftyMillisecondsAfterThePacket() {
    receive(1);
    assertThat(recorder.nextTimeoutNanos()).isEqualTo(START + 50 * MILLISECOND);
    now += 49 * MILLISECOND;
    receive(2);
    assertThat(recorder.handleTimeout(now)).isEmpty();
    now += MILLISECOND;
    assertThat(recorder.handleTimeout(now)).hasSize(1);
    assertThat(recorder.nextTimeoutNanos()).isEqualTo(Long.MAX_VALUE);
    assertThat(recorder.handleTimeout(now + 1_000 * MILLISECOND)).isEmpty();
  }

  @Test
  void tellsWhatArrivedAndWhen() {
    receive(65_534);
    now += 3 * MILLISECOND;
    receive(65_535);
    now += 20 * MILLISECOND;
    receive(2);

    TransportFeedback feedback = single(flush());
    assertThat(feedback.senderSsrc()).isEqualTo(SENDER);
    assertThat(feedback.mediaSsrc()).isEqualTo(MEDIA);
    assertThat(feedback.baseSequence()).isEqualTo(65_534);
    assertThat(feedback.feedbackCount()).isZero();
    assertThat(feedback.referenceTime()).isEqualTo((int) (START / (64 * MILLISECOND)));
    assertThat(told(feedback))
        .containsExactly(
            "65534 " + tick(START),
            "65535 " + tick(START + 3 * MILLISECOND),
            "0 -",
            "1 -",
            "2 " + tick(START + 23 * MILLISECOND));
  }

  @Test
  void goesOnWhereTheFeedbackBeforeEnded() {
    receive(10, 11);
    flush();
    receive(13);
    TransportFeedback feedback = single(flush());
    assertThat(told(feedback)).containsExactly("12 -", "13 " + tick(now(-50)));
    assertThat(feedback.feedbackCount()).isEqualTo(1);
  }

  @Test
  void ignoresDuplicates() {
    receive(10);
    now += MILLISECOND;
    receive(10);
    assertThat(told(single(flush()))).containsExactly("10 " + tick(START));
    receive(10);
    assertThat(recorder.nextTimeoutNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void goesBackToAPacketThatComesAfterItsSuccessorsWereReported() {
    receive(10, 12);
    flush();
    receive(11);
    assertThat(told(single(flush())))
        .containsExactly("11 " + tick(START + 50 * MILLISECOND), "12 " + tick(START));
  }

  @Test
  void goesBackBeforeTheFirstPacketOfAll() {
    receive(0);
    flush();
    receive(65_535);
    assertThat(told(single(flush())))
        .containsExactly("65535 " + tick(START + 50 * MILLISECOND), "0 " + tick(START));
  }

  @Test
  void tellsAGapOfThousands() {
    receive(10);
    flush();
    receive(6_000);
    List<String> told = told(single(flush()));
    assertThat(told).hasSize(5_990).startsWith("11 -").endsWith("6000 " + tick(now(-50)));
  }

  @Test
  void takesAWiderGapForAJump() {
    receive(10, 11);
    receive(20_000);
    List<TransportFeedback> feedbacks = flush();
    assertThat(feedbacks).hasSize(2);
    assertThat(told(feedbacks.get(0))).containsExactly("10 " + tick(START), "11 " + tick(START));
    assertThat(told(feedbacks.get(1))).containsExactly("20000 " + tick(START));
  }

  @Test
  void ignoresPacketsThatAreMuchTooLate() {
    receive(1_000);
    flush();
    receive(1_000 - ArrivalRecorder.MAX_LATENESS);
    assertThat(recorder.nextTimeoutNanos()).isEqualTo(Long.MAX_VALUE);
    receive(1_001 - ArrivalRecorder.MAX_LATENESS);
    assertThat(told(single(flush()))).hasSize(ArrivalRecorder.MAX_LATENESS);
  }

  @Test
  void followsASenderThatCountsAnew() {
    receive(30_000);
    flush();
    int sent = 0;
    while (recorder.nextTimeoutNanos() == Long.MAX_VALUE && sent < 1_000) {
      receive(sent++);
    }
    assertThat(sent).isEqualTo(ArrivalRecorder.MAX_IGNORED);
    receive(sent);
    assertThat(told(single(flush())))
        .containsExactly((sent - 1) + " " + tick(now(-50)), sent + " " + tick(now(-50)));
  }

  @Test
  void startsAnotherFeedbackWhenADeltaIsTooLarge() {
    receive(1);
    now += 9_000 * MILLISECOND;
    receive(2);
    List<TransportFeedback> feedbacks = flush();
    assertThat(feedbacks).hasSize(2);
    assertThat(told(feedbacks.get(0))).containsExactly("1 " + tick(START));
    assertThat(told(feedbacks.get(1))).containsExactly("2 " + tick(START + 9_000 * MILLISECOND));
  }

  @Test
  void wrapsTheReferenceTime() {
    now = (0x80_0000L * 64 - 1) * MILLISECOND;
    receive(1);
    assertThat(single(flush()).referenceTime()).isEqualTo(0x7F_FFFF);
    receive(2);
    assertThat(single(flush()).referenceTime()).isEqualTo(-0x80_0000);
  }

  @Test
  void takesTimesBeforeTheOriginOfTheClock() {
    now = -MILLISECOND;
    receive(1);
    TransportFeedback feedback = single(flush());
    assertThat(feedback.referenceTime()).isEqualTo(-1);
    assertThat(told(feedback)).containsExactly("1 -4");
  }

  @Test
  void holdsABoundedNumberOfFeedbacksForWhoDoesNotFetchThem() {
    for (int i = 0; i < 100_000; i++) {
      receive(i * 5_000 & 0xFFFF);
    }
    List<TransportFeedback> feedbacks = flush();
    assertThat(feedbacks).hasSize(ArrivalRecorder.MAX_WAITING);
    assertThat(feedbacks.getLast().feedbackCount())
        .isEqualTo(feedbacks.getFirst().feedbackCount() + ArrivalRecorder.MAX_WAITING - 1 & 0xFF);
  }

  @Test
  void staysBelowElevenHundredBytesForTheWorstPattern() {
    int number = 0;
    for (int i = 0; i < 2_000; i++) {
      receive(number & 0xFFFF);
      now += i % 2 == 0 ? 70 * MILLISECOND : MILLISECOND / 10; // large and small deltas in turn
      number += 16; // a run of missing packets before each
      if (i % 50 == 49) {
        assertSmall(flush());
      }
    }
    for (int i = 0; i < 1_500; i++) {
      receive(++number & 0xFFFF);
      now += 100 * MILLISECOND;
    }
    assertSmall(flush());
  }

  /// Loss, reordering, duplicates, bursts and pauses from a seed: every packet that arrived is told
  /// at the time at which it arrived, and none that did not.
  @Property(tries = 60)
  void tellsEveryArrivalOnce(@ForAll Random random, @ForAll @IntRange(max = 65_535) int first) {
    ArrivalRecorder walker = new ArrivalRecorder(SENDER);
    Map<Long, Long> arrived = new TreeMap<>();
    Map<Long, Long> told = new TreeMap<>();
    List<Long> delayed = new ArrayList<>();
    long time = START;
    long number = first;
    for (int i = 0; i < 3_000; i++) {
      time += random.nextInt(10) == 0 ? random.nextInt(60_000_000) : random.nextInt(300_000);
      List<Long> arriving = new ArrayList<>();
      switch (random.nextInt(20)) {
        case 0 -> number += random.nextInt(30); // lost
        case 1 -> delayed.add(number);
        case 2 -> arriving.addAll(List.of(number, number));
        default -> arriving.add(number);
      }
      number++;
      if (random.nextInt(30) == 0) {
        arriving.addAll(delayed);
        delayed.clear();
      }
      for (long one : arriving) {
        if (one > number - ArrivalRecorder.MAX_LATENESS) {
          walker.onPacket(MEDIA, (int) one & 0xFFFF, time);
          arrived.putIfAbsent(one, Math.floorDiv(time, 250_000L));
        }
      }
      collect(walker.handleTimeout(time), number, told);
    }
    collect(walker.handleTimeout(Long.MAX_VALUE - 1), number, told);
    assertThat(told).isEqualTo(arrived);
  }

  /// Numbers are unwrapped towards the one that comes next.
  private static void collect(List<TransportFeedback> feedbacks, long next, Map<Long, Long> told) {
    assertSmall(feedbacks);
    for (TransportFeedback feedback : feedbacks) {
      feedback.forEach(
          new TransportFeedback.ArrivalVisitor() {
            @Override
            public void received(int sequenceNumber, long ticks) {
              long number = next + (short) (sequenceNumber - next);
              Long before = told.put(number, ticks);
              if (before != null && before != ticks) {
                throw new AssertionError(number + " told at " + before + " and at " + ticks);
              }
            }

            @Override
            public void missing(int sequenceNumber) {
              if (told.containsKey(next + (short) (sequenceNumber - next))) {
                throw new AssertionError(sequenceNumber + " told as arrived and as missing");
              }
            }
          });
    }
  }

  private static void assertSmall(List<TransportFeedback> feedbacks) {
    for (TransportFeedback feedback : feedbacks) {
      assertThat(RtcpCodec.length(List.of(feedback))).isLessThan(1_100);
    }
  }

  private void receive(int... numbers) {
    for (int number : numbers) {
      recorder.onPacket(MEDIA, number, now);
    }
  }

  private List<TransportFeedback> flush() {
    now += 50 * MILLISECOND;
    return recorder.handleTimeout(now);
  }

  private long now(long milliseconds) {
    return now + milliseconds * MILLISECOND;
  }

  private static TransportFeedback single(List<TransportFeedback> feedbacks) {
    assertThat(feedbacks).hasSize(1);
    return feedbacks.getFirst();
  }

  private static long tick(long nanos) {
    return nanos / 250_000;
  }

  private static List<String> told(TransportFeedback feedback) {
    List<String> told = new ArrayList<>();
    feedback.forEach(
        new TransportFeedback.ArrivalVisitor() {
          @Override
          public void received(int sequenceNumber, long ticks) {
            told.add(sequenceNumber + " " + ticks);
          }

          @Override
          public void missing(int sequenceNumber) {
            told.add(sequenceNumber + " -");
          }
        });
    return told;
  }
}
