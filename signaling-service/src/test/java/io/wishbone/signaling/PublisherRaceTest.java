package io.wishbone.signaling;

import static io.wishbone.signaling.Http.location;
import static io.wishbone.signaling.Http.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.wishbone.control.CloseReason;
import io.wishbone.control.CloseSession;
import io.wishbone.control.Command;
import io.wishbone.control.OpenSession;
import io.wishbone.control.Refusal;
import io.wishbone.control.SessionId;
import io.wishbone.control.StreamName;
import io.wishbone.store.SessionRecord;
import io.wishbone.store.SessionState;
import io.wishbone.store.StreamRecord;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A publisher `first` is about to be replaced by `second` when it leaves, and `third` finds the
/// stream free. Whatever comes before what: one of the two publishes in the end.
@QuarkusTest
@TestProfile(PublisherRaceTest.WhoeverComesLast.class)
class PublisherRaceTest extends OverHttp {

  private static final StreamName STUDIO = new StreamName("studio");

  /// A server on which every publisher may replace another.
  public static final class WhoeverComesLast implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("wishbone.publisher-conflict", "always");
    }
  }

  private SessionId first;

  @BeforeEach
  void publish() {
    first = id(http.publish("studio"));
  }

  @Test
  void takesOverAStreamThatIsLeftMeanwhile() {
    node.beforeReply(_ -> leave());
    assertThat(id(http.publish("studio"))).isEqualTo(publisher());
  }

  @Test
  void takesOverWhenTheThirdWasRefusedBefore() {
    node.beforeReply(command -> {
      if (isSecond(command)) {
        leave();
        node.refuseWith(Refusal.STREAM_TAKEN);
        problem(http.publish("studio"), 409);
        node.refuseWith(null);
      }
    });
    assertThat(id(http.publish("studio"))).isEqualTo(publisher());
  }

  @Test
  void takesOverWhileTheThirdWaitsForANodeThatWillRefuseIt() throws Exception {
    var third = whileTheThirdWaits(Refusal.STREAM_TAKEN);
    problem(third, 409);
  }

  @Test
  void takesOverWhileTheThirdWaitsForANodeThatWillAcceptIt() throws Exception {
    var third = whileTheThirdWaits(null);
    problem(third, 409);
    assertThat(node.received(CloseSession.class))
        .extracting(CloseSession::reason)
        .contains(CloseReason.ABANDONED);
  }

  @Test
  void leavesTheStreamToTheThirdWhenThatIsOpen() {
    var third = new CompletableFuture<SessionId>();
    node.beforeReply(command -> {
      if (isSecond(command)) {
        leave();
        third.complete(id(http.publish("studio")));
      }
    });
    problem(http.publish("studio"), 409);
    assertThat(third.join()).isEqualTo(publisher());
    assertOneIsOpen();
  }

  /// Lets the third claim the stream and ask its node, the second be opened, and then the third be
  /// answered.
  private HttpResponse<String> whileTheThirdWaits(@Nullable Refusal answer) throws Exception {
    var asked = new CompletableFuture<Void>();
    var mayAnswer = new CompletableFuture<Void>();
    var third = new CompletableFuture<HttpResponse<String>>();
    node.beforeReply(command -> {
      if (isSecond(command)) {
        leave();
        third.completeAsync(() -> http.publish("studio"), Thread::startVirtualThread);
        await(asked);
      } else if (command instanceof OpenSession) {
        asked.complete(null);
        await(mayAnswer);
      }
    });
    SessionId second = id(http.publish("studio"));
    node.refuseWith(answer);
    mayAnswer.complete(null);
    var response = third.get(30, TimeUnit.SECONDS);
    assertThat(publisher()).isEqualTo(second);
    assertOneIsOpen();
    return response;
  }

  private static void await(CompletableFuture<Void> event) {
    event.orTimeout(30, TimeUnit.SECONDS).join();
  }

  private boolean isSecond(Command command) {
    return command instanceof OpenSession open && first.equals(open.replaces());
  }

  /// What a DELETE and the report of the node do.
  private void leave() {
    sessions.end(first);
    streams.free(STUDIO, first);
  }

  private void assertOneIsOpen() {
    assertThat(sessions.all())
        .filteredOn(session -> session.state() == SessionState.OPEN)
        .extracting(SessionRecord::id)
        .containsExactly(publisher());
  }

  private @Nullable SessionId publisher() {
    StreamRecord stream = streams.find(STUDIO);
    return stream == null ? null : stream.publisher();
  }

  private static SessionId id(HttpResponse<?> response) {
    String location = location(response);
    return new SessionId(location.substring(location.lastIndexOf('/') + 1));
  }
}
