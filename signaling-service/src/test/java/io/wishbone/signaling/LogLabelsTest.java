package io.wishbone.signaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.wishbone.control.CloseReason;
import io.wishbone.control.InProcessCarrier;
import io.wishbone.control.SessionEnded;
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionRole;
import io.wishbone.control.StreamName;
import io.wishbone.control.TraceParent;
import io.wishbone.store.SessionStore;
import io.wishbone.store.StreamStore;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Lines about a session say which one, without giving it away.
@QuarkusTest
class LogLabelsTest {

  private record Line(String message, Map<String, String> labels) {}

  @Inject ScriptedNode node;
  @Inject SessionStore sessions;
  @Inject StreamStore streams;
  @Inject InProcessCarrier carrier;
  @TestHTTPResource URI base;

  private final List<Line> lines = new CopyOnWriteArrayList<>();
  private final Logger ours = Logger.getLogger("io.wishbone");
  private final Handler reader =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          if (entry instanceof ExtLogRecord line) {
            lines.add(new Line(line.getFormattedMessage(), line.getMdcCopy()));
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void start() {
    TestServer.reset(node, sessions, streams);
    ours.addHandler(reader);
  }

  @AfterEach
  void stop() {
    ours.removeHandler(reader);
  }

  private Map<String, String> labels(String part) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> lines.stream().anyMatch(line -> line.message().contains(part)));
    return lines.stream()
        .filter(line -> line.message().contains(part))
        .findFirst()
        .orElseThrow()
        .labels();
  }

  @Test
  void nameTheSessionByItsAlias() {
    String location = Http.location(new Http(base).publish("studio"));
    var id = new SessionId(location.substring(location.lastIndexOf('/') + 1));

    Map<String, String> expected = Map.of("session", id.alias(), "stream", "studio");
    assertThat(labels("was opened on node")).containsAllEntriesOf(expected);

    carrier.publish(
        new SessionEnded(
            id, new StreamName("studio"), SessionRole.PUBLISHER, CloseReason.SILENT, ""));
    assertThat(labels("ended: SILENT")).containsAllEntriesOf(expected);
    assertThat(lines).noneMatch(line -> line.labels().toString().contains(id.value()));
  }

  @Test
  void nameTheTraceThatAnEventBelongsTo() {
    String location = Http.location(new Http(base).publish("traced"));
    var id = new SessionId(location.substring(location.lastIndexOf('/') + 1));
    assertThat(labels("was opened on node")).doesNotContainKey("traceId");
    var trace = TraceParent.of("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", true);

    trace.run(() ->
        carrier.publish(
            new SessionEnded(
                id, new StreamName("traced"), SessionRole.PUBLISHER, CloseReason.SILENT, "")));

    assertThat(labels("ended: SILENT"))
        .containsEntry("stream", "traced")
        .containsEntry("traceId", trace.traceId());
  }

  @Test
  void doNotStayWithTheNextRequest() {
    var http = new Http(base);
    Http.location(http.publish("first"));
    lines.clear();
    Http.location(http.publish("second"));
    assertThat(labels("was opened on node")).containsEntry("stream", "second");
  }
}
