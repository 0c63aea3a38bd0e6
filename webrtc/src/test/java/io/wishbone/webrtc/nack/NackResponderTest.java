package io.wishbone.webrtc.nack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class NackResponderTest {

  private static final long MILLISECOND = 1_000_000;
  private static final long SECOND = 1_000 * MILLISECOND;
  private static final long ROUND_TRIP = 50 * MILLISECOND;
  private static final long OFFSET = 12_345;

  private final PacketHistory history =
      new PacketHistory(new PacketMemory(8 << 20), HistoryLimits.VIDEO);
  private final NackResponder responder =
      new NackResponder(new RetransmissionBudget(RetransmissionBudget.USUAL_SHARE, 2_000_000));
  private long now = 3 * SECOND;

  @Test
  void answersFromTheHistory() {
    put(0, 100);
    assertThat(judge(42)).isEqualTo(Verdict.SEND);
    assertThat(responder.retransmitted()).isEqualTo(1);
  }

  @Test
  void sendsAPacketOnceARoundTrip() {
    put(0, 100);
    assertThat(judge(42)).isEqualTo(Verdict.SEND);
    now += ROUND_TRIP - 1;
    assertThat(judge(42)).isEqualTo(Verdict.TOO_SOON);
    assertThat(judge(43)).isEqualTo(Verdict.SEND);
    now += 1;
    assertThat(judge(42)).isEqualTo(Verdict.SEND);
  }

  @Test
  void repairsWhatWasSentInVainUnlessThatWasDoneSince() {
    put(0, 100);
    long sent = now - 30 * MILLISECOND;
    assertThat(judgeSent(42, sent)).isEqualTo(Verdict.SEND);
    assertThat(judgeSent(42, sent)).isEqualTo(Verdict.TOO_SOON);
    long repaired = now;
    now += ROUND_TRIP / 5;
    assertThat(judgeSent(42, repaired)).as("the repair was lost too").isEqualTo(Verdict.SEND);
    assertThat(judge(42)).as("the viewer asks as well").isEqualTo(Verdict.TOO_SOON);
  }

  @Test
  void missesNothingUntilThePlannedCopyHasBeenSentInVain() {
    put(0, 100);
    assertThat(judge(42)).isEqualTo(Verdict.SEND);
    long repaired = now;
    long copied = now + 20 * MILLISECOND;
    responder.onCopyPlanned(42 + OFFSET, copied);

    now += ROUND_TRIP + 10 * MILLISECOND;
    assertThat(judge(42)).as("the copy is under way").isEqualTo(Verdict.TOO_SOON);
    assertThat(judgeSent(42, repaired)).as("so it is").isEqualTo(Verdict.TOO_SOON);
    assertThat(judgeSent(42, copied)).as("both were lost").isEqualTo(Verdict.SEND);
  }

  @Test
  void plansNoCopyOfWhatWasNotSentAgain() {
    put(0, 100);
    assertThat(judge(42)).isEqualTo(Verdict.SEND);
    responder.onCopyPlanned(43 + OFFSET, now + SECOND);
    assertThat(judge(43)).isEqualTo(Verdict.SEND);
  }

  private Verdict judgeSent(long index, long sentNanos) {
    return responder.judgeSent(history, index, index + OFFSET, sentNanos, now);
  }

  @Test
  void wantsAKeyframeForWhatIsHeldNoMore() {
    put(0, 100);
    now += 3 * SECOND;
    history.expire(now);
    put(100, 200);
    assertThat(judge(42)).isEqualTo(Verdict.GONE);
    assertThat(responder.pollKeyframeNeeded()).isTrue();
    assertThat(responder.pollKeyframeNeeded()).isFalse();
  }

  @Test
  void leavesTheViewerWaitingForWhatTheSourceRepairs() {
    put(0, 50);
    put(60, 100);
    assertThat(judge(55)).isEqualTo(Verdict.NOT_HERE);
    assertThat(responder.pollKeyframeNeeded()).isFalse();
    put(55, 56);
    assertThat(judge(55)).isEqualTo(Verdict.SEND);
  }

  @Test
  void boundsTheQuestionsOfASecond() {
    put(0, 10);
    for (int i = 0; i < NackResponder.QUESTIONS_A_SECOND; i++) {
      assertThat(judge(i % 10)).isNotEqualTo(Verdict.IGNORED);
    }
    assertThat(judge(1)).isEqualTo(Verdict.IGNORED);
    now += SECOND;
    assertThat(judge(1)).isNotEqualTo(Verdict.IGNORED);
  }

  /// Whatever a viewer asks for, it gets no more than its share and the depth of its bucket.
  @Property(tries = 100)
  void isNotFlooded(
      @ForAll long seed, @ForAll @IntRange(min = 100, max = 5_000) int kilobitsPerSecond) {
    SplittableRandom random = new SplittableRandom(seed);
    long bitrate = kilobitsPerSecond * 1_000L;
    NackResponder tested = new NackResponder(new RetransmissionBudget(0.5, bitrate));
    put(0, 400);
    long begin = now;
    long bytes = 0;
    for (int i = 0; i < 4_000; i++) {
      int index = random.nextInt(400);
      if (tested.judge(history, index, index + OFFSET, MILLISECOND, now) == Verdict.SEND) {
        bytes += 1000;
      }
      now += random.nextLong(500_000);
    }
    double seconds = (now - begin) / 1e9;
    double share = Math.max(RetransmissionBudget.FLOOR, bitrate * 0.5) / 8;
    assertThat((double) bytes).isLessThanOrEqualTo(share * seconds + Math.max(16_000, share));
    assertThat(tested.overBudget()).isPositive();
  }

  private Verdict judge(long index) {
    return responder.judge(history, index, index + OFFSET, ROUND_TRIP, now);
  }

  private void put(int from, int to) {
    ByteBuffer packet = ByteBuffer.allocate(1000);
    for (int i = from; i < to; i++) {
      history.put(i, packet, 0, 1000, 0, false, now);
    }
  }
}
