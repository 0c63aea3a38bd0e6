package io.wishbone.signaling.admin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.wishbone.control.CloseReason;
import io.wishbone.control.SessionDiagnosis;
import io.wishbone.control.SessionId;
import io.wishbone.signaling.http.ProblemException;
import io.wishbone.signaling.session.SessionEnder;
import io.wishbone.store.SessionRecord;
import io.wishbone.store.SessionState;
import io.wishbone.store.SessionStore;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The sessions that there are, ended ones included for as long as they are remembered, newest
/// first; and an end to them.
@Path("/api/v1/sessions")
@RunOnVirtualThread
public final class AdminSessionsResource {

  private static final Logger LOG = Logger.getLogger(AdminSessionsResource.class);

  private final Operators operators;
  private final SessionStore sessions;
  private final SessionEnder ender;
  private final Diagnoses diagnoses;

  AdminSessionsResource(
      Operators operators, SessionStore sessions, SessionEnder ender, Diagnoses diagnoses) {
    this.operators = operators;
    this.sessions = sessions;
    this.ender = ender;
    this.diagnoses = diagnoses;
  }

  @GET
  public Response list(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @QueryParam("stream") @Nullable String stream,
      @QueryParam("node") @Nullable String node,
      @QueryParam("role") @Nullable String role,
      @QueryParam("state") @Nullable String state,
      @QueryParam("limit") @Nullable String limit) {
    operators.check(authorization);
    SessionFilter filter = SessionFilter.of(stream, node, role, state, limit);
    List<SessionRecord> all =
        sessions.all().stream()
            .filter(filter::matches)
            .sorted(Comparator.comparing(SessionRecord::createdAt).reversed())
            .toList();
    List<SessionRecord> shown = all.stream().limit(filter.limit()).toList();
    Map<SessionId, SessionDiagnosis> known = diagnoses.of(shown);
    return AdminJson.list(
        "sessions",
        shown,
        all.size(),
        session -> AdminJson.session(session, known.get(session.id())));
  }

  @GET
  @Path("{id}")
  public Response get(
      @PathParam("id") String id,
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
    operators.check(authorization);
    SessionRecord session = find(id);
    return AdminJson.ok(
        AdminJson.session(session, diagnoses.of(List.of(session)).get(session.id())));
  }

  /// Ends it: its client is told good-bye, and may come again unless it is revoked as well.
  @DELETE
  @Path("{id}")
  public Response delete(
      @PathParam("id") String id,
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
    operators.check(authorization);
    SessionRecord session = find(id);
    if (session.state() != SessionState.ENDED) {
      ender.end(session.id(), CloseReason.OPERATOR);
      LOG.infof("A %s of stream %s was ended by an operator", session.role(), session.stream());
    }
    return Response.noContent().build();
  }

  private SessionRecord find(String id) {
    SessionRecord session = SessionId.isValid(id) ? sessions.find(new SessionId(id)) : null;
    if (session == null) {
      throw ProblemException.notFound("there is no such session");
    }
    return session;
  }
}
