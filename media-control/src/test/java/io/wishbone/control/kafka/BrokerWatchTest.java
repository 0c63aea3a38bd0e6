package io.wishbone.control.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class BrokerWatchTest {

  private final List<String> done = new ArrayList<>();
  private boolean answers;
  private boolean refusesTopics;
  private final BrokerWatch watch =
      new BrokerWatch(
          "broker:9092", new Scripted(), () -> done.add("connect"), () -> done.add("back"));

  private final class Scripted implements BrokerWatch.Brokers {

    @Override
    public void ask() throws TimeoutException {
      if (!answers) {
        throw new TimeoutException("nobody answers");
      }
    }

    @Override
    public void createTopics() {
      if (refusesTopics) {
        throw new IllegalStateException("not now");
      }
      done.add("topics");
    }

    @Override
    public void close() {}
  }

  private void look(boolean answered) throws InterruptedException {
    answers = answered;
    watch.look();
  }

  @Test
  void connectsOnceABrokerAnswersAndTopicsAreThere() throws InterruptedException {
    look(false);
    assertThat(watch.isReachable()).isFalse();
    refusesTopics = true;
    look(true);
    assertThat(watch.isReachable()).isFalse();
    refusesTopics = false;
    look(true);
    look(true);
    assertThat(watch.isReachable()).isTrue();
    assertThat(done).containsExactly("topics", "connect", "back");
  }

  @Test
  void takesOneLateAnswerForNothing() throws InterruptedException {
    look(true);
    look(false);
    assertThat(watch.isReachable()).isTrue();
    look(true);
    look(false);
    assertThat(watch.isReachable()).isTrue();
    look(false);
    assertThat(watch.isReachable()).isFalse();
  }

  @Test
  void makesTopicsAnewWhenBrokersAreBackAndConnectsNoMore() throws InterruptedException {
    look(true);
    look(false);
    look(false);
    done.clear();
    look(true);
    assertThat(done).containsExactly("topics", "back");
  }
}
