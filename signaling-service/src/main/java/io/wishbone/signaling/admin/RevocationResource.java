package io.wishbone.signaling.admin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.wishbone.signaling.http.ContentTypes;
import io.wishbone.signaling.http.ProblemException;
import io.wishbone.signaling.http.RequestBody;
import io.wishbone.store.RevocationRecord;
import io.wishbone.store.RevocationStore;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import java.time.InstantSource;
import java.util.Comparator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Takes access away from a subject, a stream key or a stream: from now on nothing is opened with
/// it, and what is open with it is ended before the response is sent.
@Path("/api/v1/revocations")
@RunOnVirtualThread
public final class RevocationResource {

  private static final Logger LOG = Logger.getLogger(RevocationResource.class);

  private final Operators operators;
  private final RevocationStore revocations;
  private final RevokedSessions sessions;
  private final InstantSource clock = InstantSource.system();

  RevocationResource(Operators operators, RevocationStore revocations, RevokedSessions sessions) {
    this.operators = operators;
    this.revocations = revocations;
    this.sessions = sessions;
  }

  @POST
  public Response post(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
      InputStream body) {
    operators.check(authorization);
    if (!ContentTypes.matches(contentType, MediaType.APPLICATION_JSON)) {
      throw ProblemException.unsupportedMediaType(
          "a revocation is " + MediaType.APPLICATION_JSON,
          "Accept-Post",
          MediaType.APPLICATION_JSON);
    }
    RevocationRecord revocation = RevocationOrder.parse(RequestBody.text(body)).at(clock.instant());
    // In this order: a session that the look at all sessions misses finds the revocation itself.
    revocations.put(revocation);
    int ended = sessions.end(revocation);
    LOG.infof("A %s was revoked, %d sessions ended", revocation.kind().word(), ended);
    return Response.created(URI.create("/api/v1/revocations/" + revocation.id()))
        .type(MediaType.APPLICATION_JSON)
        .entity(json(revocation).put("ended", ended).encode())
        .build();
  }

  @GET
  public Response list(@HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
    operators.check(authorization);
    var all = new JsonArray();
    revocations.all().stream()
        .sorted(Comparator.comparing(RevocationRecord::revokedAt))
        .forEach(revocation -> all.add(json(revocation)));
    return ok(new JsonObject().put("revocations", all));
  }

  @GET
  @Path("{id}")
  public Response get(
      @PathParam("id") String id,
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
    operators.check(authorization);
    RevocationRecord revocation = revocations.find(id);
    if (revocation == null) {
      throw unknown();
    }
    return ok(json(revocation));
  }

  /// Gives access back. Sessions that were ended stay so.
  @DELETE
  @Path("{id}")
  public Response delete(
      @PathParam("id") String id,
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
    operators.check(authorization);
    if (!revocations.remove(id)) {
      throw unknown();
    }
    return Response.noContent().build();
  }

  private static ProblemException unknown() {
    return ProblemException.notFound("there is no such revocation");
  }

  private static Response ok(JsonObject object) {
    return Response.ok(object.encode(), MediaType.APPLICATION_JSON).build();
  }

  private static JsonObject json(RevocationRecord revocation) {
    return new JsonObject()
        .put("id", revocation.id())
        .put(revocation.kind().word(), revocation.value())
        .put("revokedAt", revocation.revokedAt().toString())
        .put("until", revocation.until().toString());
  }
}
