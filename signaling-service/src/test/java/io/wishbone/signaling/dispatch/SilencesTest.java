package io.wishbone.signaling.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.control.NodeHeartbeat;
import io.wishbone.control.NodeId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SilencesTest {

  private static final NodeId FIRST = new NodeId("first");
  private static final NodeId SECOND = new NodeId("second");
  private static final long STEP = 500_000_000L;

  private final Silences silences = new Silences(0);
  private long now;

  /// Lets time pass while these nodes report themselves.
  private List<NodeId> pass(int seconds, NodeId... speaking) {
    List<NodeId> lost = List.of();
    for (int i = 0; i < 2 * seconds; i++) {
      now += STEP;
      for (NodeId node : speaking) {
        silences.heard(node, now);
      }
      lost = silences.lost(now);
    }
    return lost;
  }

  @Test
  void missesANodeThatIsSilentWhileAnotherSpeaks() {
    pass(20, FIRST, SECOND);
    assertThat(pass(5, FIRST)).isEmpty();
    assertThat(pass(1, FIRST)).containsExactly(SECOND);
  }

  /// Sessions that nobody named in between may be forgotten.
  @Test
  void isBackForAWhileAfterALongTimeInWhichNobodyWasHeard() {
    assertThat(silences.isBackLately(now)).isFalse();
    pass(20, FIRST, SECOND);
    pass(200);
    pass(1, FIRST);
    assertThat(silences.isBackLately(now)).isFalse();
    pass(301);
    assertThat(silences.isBackLately(now)).isFalse();
    pass(74, SECOND);
    assertThat(silences.isBackLately(now)).isTrue();
    pass(2, FIRST);
    assertThat(silences.isBackLately(now)).isFalse();
  }

  @Test
  void hearsANodeForAsLongAsItsReportLasts() {
    assertThat(silences.hears(FIRST, now)).isFalse();
    pass(1, FIRST, SECOND);
    pass(2, SECOND);
    assertThat(silences.hears(FIRST, now)).isTrue();
    pass(1, SECOND);
    assertThat(silences.hears(FIRST, now)).isFalse();
    assertThat(silences.hears(SECOND, now)).isTrue();
  }

  @Test
  void expectsNoAnswerOfANodeThatIsSilentWhileAnotherSpeaks() {
    pass(20, FIRST, SECOND);
    // It stands still for two seconds: it was about to speak when they began.
    now += NodeHeartbeat.INTERVAL.toNanos();
    pass(2, FIRST);
    assertThat(silences.isSilent(SECOND, now)).isFalse();
    assertThat(pass(1, FIRST)).isEmpty();
    assertThat(silences.isSilent(SECOND, now)).isTrue();
    assertThat(silences.isSilent(FIRST, now)).isFalse();
    silences.heard(SECOND, now);
    assertThat(silences.isSilent(SECOND, now)).isFalse();
  }

  @Test
  void expectsAnswersOfAllWhileAllAreSilentAndOfThoseThatNobodyHasHeardOf() {
    pass(20, FIRST, SECOND);
    pass(60);
    assertThat(silences.isSilent(SECOND, now)).isFalse();
    pass(20, FIRST);
    assertThat(silences.isSilent(new NodeId("third"), now)).isFalse();
  }

  /// A busy machine, or one that collects garbage, costs no more than what a node has anyway.
  @Test
  void missesANodeSoonAfterAMomentInWhichNobodyWasHeard() {
    pass(20, FIRST, SECOND);
    pass(2, FIRST);
    pass(3);
    assertThat(pass(5, FIRST)).isEmpty();
    assertThat(pass(1, FIRST)).containsExactly(SECOND);
  }

  @Test
  void missesNobodyWhileAllAreSilent() {
    pass(20, FIRST, SECOND);
    assertThat(pass(60)).isEmpty();
  }

  @Test
  void givesNodesTimeToComeBackAfterAllWereSilent() {
    pass(20, FIRST, SECOND);
    pass(30);
    assertThat(pass(10, FIRST)).isEmpty();
    assertThat(pass(10, FIRST, SECOND)).isEmpty();
    pass(30);
    assertThat(pass(13, FIRST)).containsExactly(SECOND);
  }

  @Test
  void missesNobodyAfterItStoodStillItself() {
    pass(20, FIRST, SECOND);
    now += 60_000_000_000L;
    assertThat(silences.lost(now)).isEmpty();
    silences.heard(FIRST, now);
    assertThat(silences.lost(now)).isEmpty();
    assertThat(pass(20, FIRST, SECOND)).isEmpty();
  }

  @Test
  void missesALostNodeOnce() {
    pass(20, FIRST, SECOND);
    assertThat(pass(7, FIRST)).containsExactly(SECOND);
    silences.forget(SECOND);
    assertThat(pass(7, FIRST)).isEmpty();
  }

  @Test
  void missesANodeNoMoreOnceItHasSpoken() {
    pass(20, FIRST, SECOND);
    pass(7, FIRST);
    assertThat(silences.isLost(SECOND, now)).isTrue();
    silences.heard(SECOND, now);
    assertThat(silences.isLost(SECOND, now)).isFalse();
  }

  @Test
  void missesANodeThatOthersHaveHeardOf() {
    silences.expect(SECOND, 0);
    assertThat(pass(11, FIRST)).isEmpty();
    assertThat(pass(2, FIRST)).containsExactly(SECOND);
  }

  @Test
  void missesANodeAgainThatWasLeftToAnother() {
    pass(20, FIRST, SECOND);
    pass(7, FIRST);
    silences.leave(SECOND, Duration.ofSeconds(30), now);
    assertThat(pass(29, FIRST)).isEmpty();
    assertThat(pass(1, FIRST)).containsExactly(SECOND);
  }
}
