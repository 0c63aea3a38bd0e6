package io.wishbone.signaling;

import static io.wishbone.signaling.Http.header;
import static io.wishbone.signaling.Http.location;
import static io.wishbone.signaling.Http.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.wishbone.control.CloseReason;
import io.wishbone.control.CloseSession;
import io.wishbone.control.OpenSession;
import io.wishbone.control.StreamName;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The store is there and does not answer, for as long as the test wants: requests do not wait for
/// it that long.
@QuarkusTest
@TestProfile(FrozenStoreTest.Frozen.class)
@Timeout(60)
class FrozenStoreTest extends OverHttp {

  /// A server whose store stands still now and then.
  public static final class Frozen implements QuarkusTestProfile {
    @Override
    public Set<Class<?>> getEnabledAlternatives() {
      return Set.of(FrozenStores.class);
    }
  }

  @Inject FrozenStores store;

  @AfterEach
  void goOn() {
    store.thaw();
  }

  private static void assertRefused(HttpResponse<String> response) {
    problem(response, 503);
    assertThat(header(response, "Retry-After")).isEqualTo("2");
  }

  @Test
  void refusesAnOfferThatHadToWaitFromTheBeginning() {
    store.freeze();
    assertRefused(http.publish("studio"));
    assertRefused(http.play("studio"));
    assertThat(node.received(OpenSession.class)).isEmpty();
  }

  /// The publisher may come again: nobody else has its stream, and it does not have it either.
  @Test
  void givesUpWhatTheNodeHasOpenedAndForgetsItWhenTheStoreGoesOn() {
    node.beforeReply(command -> {
      if (command instanceof OpenSession) {
        store.freeze();
      }
    });
    assertRefused(http.publish("studio"));
    OpenSession opened = node.received(OpenSession.class).getLast();
    await()
        .untilAsserted(() ->
            assertThat(node.received(CloseSession.class))
                .containsExactly(new CloseSession(opened.sessionId(), CloseReason.ABANDONED)));
    store.thaw();
    await().until(() -> sessions.find(opened.sessionId()) == null);
    await().until(() -> streams.find(new StreamName("studio")) == null);

    node.beforeReply(_ -> {});
    location(http.publish("studio"));
  }

  @Test
  void refusesWhatIsWantedOfASessionThatCannotBeFound() {
    location(http.publish("studio"));
    String session = location(http.play("studio"));
    store.freeze();
    assertRefused(http.patch(session, "*", ScriptedNode.FRAGMENT));
    assertRefused(http.send("DELETE", session));
    assertRefused(http.send("POST", session + "/events"));
  }
}
