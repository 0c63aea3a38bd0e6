package io.wishbone.signaling.admin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.wishbone.control.SessionDiagnosis;
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionRole;
import io.wishbone.control.StreamName;
import io.wishbone.signaling.http.ProblemException;
import io.wishbone.store.SessionRecord;
import io.wishbone.store.SessionState;
import io.wishbone.store.SessionStore;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Metrics of single streams, for those that somebody scrapes. Whoever asks names them: so there
/// are as many series as are asked for, however many streams there are, and none costs anything
/// while nobody asks.
@Path("/api/v1/metrics")
@RunOnVirtualThread
public final class StreamMetricsResource {

  private static final int MOST_STREAMS = 20;

  /// Of a stream with more sessions, the newest are examined.
  private static final int MOST_SESSIONS = SessionFilter.MOST;

  private final Operators operators;
  private final SessionStore sessions;
  private final Diagnoses diagnoses;

  StreamMetricsResource(Operators operators, SessionStore sessions, Diagnoses diagnoses) {
    this.operators = operators;
    this.sessions = sessions;
    this.diagnoses = diagnoses;
  }

  @GET
  public Response get(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @QueryParam("stream") @Nullable List<String> streams) {
    operators.check(authorization);
    var exposition = new Exposition();
    for (StreamName stream : names(streams)) {
      write(stream, exposition);
    }
    return Response.ok(exposition.text(), Exposition.TYPE)
        .header("Cache-Control", "no-store")
        .build();
  }

  private static Set<StreamName> names(@Nullable List<String> streams) {
    if (streams == null || streams.isEmpty() || streams.size() > MOST_STREAMS) {
      throw ProblemException.malformed("name 1 to " + MOST_STREAMS + " streams, as ?stream=");
    }
    Set<StreamName> names = new HashSet<>();
    for (String stream : streams) {
      if (!StreamName.isValid(stream)) {
        throw ProblemException.malformed("stream is no name of a stream");
      }
      names.add(new StreamName(stream));
    }
    return names;
  }

  private void write(StreamName stream, Exposition exposition) {
    List<SessionRecord> all =
        sessions.all().stream()
            .filter(each -> each.stream().equals(stream) && each.state() != SessionState.ENDED)
            .sorted((one, other) -> other.createdAt().compareTo(one.createdAt()))
            .limit(MOST_SESSIONS)
            .toList();
    Map<SessionId, SessionDiagnosis> known = diagnoses.of(all);
    Map<SessionRole, StreamFigures> figures = new EnumMap<>(SessionRole.class);
    for (SessionRecord session : all) {
      SessionDiagnosis diagnosis = known.get(session.id());
      if (diagnosis != null && !diagnosis.ended()) {
        figures.computeIfAbsent(session.role(), _ -> new StreamFigures()).add(diagnosis);
      }
    }
    figures.forEach((role, sum) ->
        sum.write(
            exposition,
            "stream=\"%s\",role=\"%s\"".formatted(stream.value(), AdminJson.word(role))));
  }
}
