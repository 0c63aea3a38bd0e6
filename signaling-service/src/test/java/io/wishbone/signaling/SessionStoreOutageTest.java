package io.wishbone.signaling;

import static io.wishbone.signaling.Http.location;
import static io.wishbone.signaling.Http.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.wishbone.control.CloseReason;
import io.wishbone.control.CloseSession;
import io.wishbone.control.Command;
import io.wishbone.control.OpenSession;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The store goes away between the question to the node and its answer.
@QuarkusTest
@TestProfile(SessionStoreOutageTest.WithOutages.class)
class SessionStoreOutageTest extends OverHttp {

  /// A server whose sessions cannot be reached now and then.
  public static final class WithOutages implements QuarkusTestProfile {
    @Override
    public Set<Class<?>> getEnabledAlternatives() {
      return Set.of(SessionsInOutage.class);
    }
  }

  @Inject SessionsInOutage store;

  @AfterEach
  void isBack() {
    store.setOutage(false);
  }

  private void loseTheStoreWith(Command command) {
    if (command instanceof OpenSession) {
      store.setOutage(true);
    }
  }

  private void assertGivenUp(HttpResponse<String> response, int closed) {
    problem(response, 503);
    OpenSession opened = node.received(OpenSession.class).getLast();
    await()
        .untilAsserted(() ->
            assertThat(node.received(CloseSession.class))
                .hasSize(closed)
                .last()
                .isEqualTo(new CloseSession(opened.sessionId(), CloseReason.ABANDONED)));
  }

  @Test
  void closesAgainWhatTheNodeHasOpenedAndNobodyCouldNote() {
    node.beforeReply(this::loseTheStoreWith);
    assertGivenUp(http.publish("studio"), 1);

    store.setOutage(false);
    node.beforeReply(_ -> {});
    location(http.publish("another"));
    node.beforeReply(this::loseTheStoreWith);
    assertGivenUp(http.play("another"), 2);

    store.setOutage(false);
    node.beforeReply(_ -> {});
    node.counterOffer();
    node.beforeReply(this::loseTheStoreWith);
    assertGivenUp(http.play("another"), 3);
  }

  @Test
  void closesWhatTheNodeMayHaveOpenedWithoutSayingSo() {
    node.beforeReply(command -> {
      if (command instanceof OpenSession) {
        store.setOutage(true);
        throw new IllegalStateException("the reply gets lost");
      }
    });
    assertGivenUp(http.publish("unheard"), 1);
  }
}
