package io.wishbone.signaling.admin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.json.JsonObject;
import io.wishbone.control.CloseReason;
import io.wishbone.control.StreamName;
import io.wishbone.signaling.events.StreamStatuses;
import io.wishbone.signaling.http.ProblemException;
import io.wishbone.signaling.session.SessionEnder;
import io.wishbone.store.StreamRecord;
import io.wishbone.store.StreamStore;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Comparator;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The streams that have a publisher, and how nodes say that they are doing.
@Path("/api/v1/streams")
@RunOnVirtualThread
public final class AdminStreamsResource {

  private static final Logger LOG = Logger.getLogger(AdminStreamsResource.class);

  private final Operators operators;
  private final StreamStore streams;
  private final StreamStatuses statuses;
  private final SessionEnder ender;

  AdminStreamsResource(
      Operators operators, StreamStore streams, StreamStatuses statuses, SessionEnder ender) {
    this.operators = operators;
    this.streams = streams;
    this.statuses = statuses;
    this.ender = ender;
  }

  @GET
  public Response list(@HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
    operators.check(authorization);
    List<StreamRecord> all =
        streams.all().stream()
            .sorted(Comparator.comparing(stream -> stream.stream().value()))
            .toList();
    return AdminJson.list("streams", all, all.size(), this::json);
  }

  @GET
  @Path("{stream}")
  public Response get(
      @PathParam("stream") String stream,
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
    operators.check(authorization);
    return AdminJson.ok(json(find(stream)));
  }

  /// Ends its publisher's session. Viewers wait for another one, as after any end.
  @DELETE
  @Path("{stream}")
  public Response delete(
      @PathParam("stream") String stream,
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
    operators.check(authorization);
    StreamRecord found = find(stream);
    ender.end(found.publisher(), CloseReason.OPERATOR);
    streams.free(found.stream(), found.publisher());
    LOG.infof("The publisher of stream %s was ended by an operator", found.stream());
    return Response.noContent().build();
  }

  private JsonObject json(StreamRecord stream) {
    return AdminJson.stream(stream, statuses.find(stream.stream()));
  }

  private StreamRecord find(String name) {
    StreamRecord stream = StreamName.isValid(name) ? streams.find(new StreamName(name)) : null;
    if (stream == null) {
      throw ProblemException.notFound("the stream has no publisher");
    }
    return stream;
  }
}
