package io.wishbone.it.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// The trace of one session, and what has to be true of it.
public record SessionTrace(List<ReceivedSpan> spans) {

  private static final String FIRST = "POST ";

  /// What every session comes by, by when it begins.
  private static final List<String> WAY =
      List.of("place", "send OpenSession", "handle OpenSession", "ice", "dtls", "first packet");

  /// The same at the node, by when it is over.
  private static final List<String> REACHED = List.of("ice", "dtls", "first packet");

  private static final Set<String> MILESTONES =
      Set.of("ice", "dtls", "first packet", "first keyframe", "first egress", "session");

  /// The traces of sessions that have come so far, one for each request.
  public static List<SessionTrace> of(OtlpReceiver receiver, String role, String stream) {
    return receiver.spans().stream()
        .filter(span -> span.name().startsWith(FIRST))
        .filter(span -> span.attributes().getOrDefault("wishbone.role", "").equals(role))
        .filter(span -> span.attributes().getOrDefault("wishbone.stream", "").equals(stream))
        .map(span -> new SessionTrace(receiver.trace(span.traceId())))
        .toList();
  }

  public boolean has(String name) {
    return spans.stream().anyMatch(span -> span.name().equals(name));
  }

  public ReceivedSpan span(String name) {
    Predicate<ReceivedSpan> isIt = span -> span.name().equals(name);
    assertThat(spans).as(name).filteredOn(isIt).hasSize(1);
    return spans.stream().filter(isIt).findFirst().orElseThrow();
  }

  public String id() {
    return spans.getFirst().traceId();
  }

  /// One trace, one tree, one after the other.
  ///
  /// @param last what comes after the first packet, in its order
  public void assertWhole(List<String> last) {
    ReceivedSpan request = spans.getFirst();
    assertThat(request.name()).startsWith(FIRST);
    assertThat(request.parent()).isEmpty();
    assertThat(request.attributes()).containsEntry("http.response.status_code", "201");
    assertThat(span("place").parent()).isEqualTo(request.id());
    assertThat(span("send OpenSession").parent()).isEqualTo(request.id());
    ReceivedSpan handled = span("handle OpenSession");
    assertThat(handled.parent()).isEqualTo(span("send OpenSession").id());
    List<String> names = spans.stream().map(ReceivedSpan::name).toList();
    assertThat(names.subList(1, names.size())).containsSubsequence(WAY);
    List<String> reached = new ArrayList<>(REACHED);
    reached.addAll(last);
    assertThat(
            spans.stream()
                .filter(span -> reached.contains(span.name()))
                .sorted(Comparator.comparingLong(ReceivedSpan::endNanos))
                .map(ReceivedSpan::name))
        .as("what is reached at the node, by when")
        .containsExactlyElementsOf(reached);
    List<String> ids = spans.stream().map(ReceivedSpan::id).toList();
    for (ReceivedSpan span : spans.subList(1, spans.size())) {
      assertThat(ids).as("the parent of " + span.name()).contains(span.parent());
      if (MILESTONES.contains(span.name())) {
        assertThat(span.parent()).as(span.name()).isEqualTo(handled.id());
      }
    }
    for (ReceivedSpan span : spans) {
      assertThat(span.endNanos()).as(span.name()).isGreaterThanOrEqualTo(span.startNanos());
      assertThat(span.startNanos()).isGreaterThanOrEqualTo(request.startNanos());
    }
    assertThat(span("dtls").startNanos()).isEqualTo(span("ice").endNanos());
  }

  /// What a client asks of its session later is part of the same trace, with the command that comes
  /// of it at the node.
  ///
  /// @param request such as `DELETE whep`
  /// @param command such as `CloseSession`
  public void assertAsked(String request, String command) {
    ReceivedSpan asked = span(request);
    assertThat(asked.parent()).as("the request that began").isEqualTo(spans.getFirst().id());
    assertThat(asked.attributes())
        .containsEntry("wishbone.session", spans.getFirst().attributes().get("wishbone.session"))
        .hasEntrySatisfying("http.route", route -> assertThat(route).endsWith("/resource/{id}"));
    ReceivedSpan sent = span("send " + command);
    assertThat(sent.parent()).isEqualTo(asked.id());
    assertThat(span("handle " + command).parent()).isEqualTo(sent.id());
  }

  /// For people.
  public String text() {
    long began = spans.getFirst().startNanos();
    var text = new StringBuilder();
    for (ReceivedSpan span : spans) {
      text.append(
          "%8.1f ms  +%8.1f ms  %-20s %s%n"
              .formatted(
                  (span.startNanos() - began) / 1e6,
                  (span.endNanos() - span.startNanos()) / 1e6,
                  span.service(),
                  span.name()));
    }
    return text.toString();
  }
}
