package io.wishbone.signaling.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class EventQueueTest {

  private final List<Integer> handled = new CopyOnWriteArrayList<>();
  private final CountDownLatch mayGoOn = new CountDownLatch(1);
  private final EventQueue<Integer> queue = new EventQueue<>("a queue", 3, this::handle);

  private void handle(int event) {
    try {
      mayGoOn.await();
    } catch (InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
    handled.add(event);
  }

  @Test
  void refusesWhatItHasNoRoomForAndGoesOnWithTheRest() {
    queue.start();
    assertThat(queue.add(0)).isTrue();
    await().until(() -> queue.size() == 0);
    for (int i = 1; i <= 3; i++) {
      assertThat(queue.add(i)).isTrue();
    }
    assertThat(queue.add(4)).isFalse();
    assertThat(queue.add(5)).isFalse();
    assertThat(queue.refused()).isEqualTo(2);

    mayGoOn.countDown();
    await().until(() -> handled.size() == 4);
    assertThat(queue.add(6)).isTrue();
    await().untilAsserted(() -> assertThat(handled).containsExactly(0, 1, 2, 3, 6));
    queue.stop();
  }

  @Test
  void goesOnAfterAFailure() {
    var failing =
        new EventQueue<Integer>(
            "a failing queue",
            event -> {
              if (event == 1) {
                throw new IllegalStateException("the test fails it");
              }
              if (event == 3) {
                throw new StackOverflowError("the test fails it worse");
              }
              handled.add(event);
            });
    failing.start();
    failing.add(1);
    failing.add(2);
    failing.add(3);
    failing.add(4);
    await().untilAsserted(() -> assertThat(handled).containsExactly(2, 4));
    failing.stop();
  }
}
