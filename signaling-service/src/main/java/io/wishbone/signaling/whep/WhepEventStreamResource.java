package io.wishbone.signaling.whep;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Multi;
import io.vertx.core.http.HttpServerResponse;
import io.wishbone.signaling.http.AllowedMethods;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import org.jspecify.annotations.Nullable;

/// One event stream of a WHEP session. Its URL is all that a reader needs: an `EventSource` can
/// send no token.
@Path("/whep/resource/{id}/events/{stream}")
@RunOnVirtualThread
public final class WhepEventStreamResource {

  private final EventStreamRequests requests;

  WhepEventStreamResource(EventStreamRequests requests) {
    this.requests = requests;
  }

  /// It may wait for the store before it returns the events, which the framework would not expect.
  @GET
  @Blocking
  @RunOnVirtualThread
  @Produces(MediaType.SERVER_SENT_EVENTS)
  public Multi<OutboundSseEvent> get(
      @PathParam("id") String id,
      @PathParam("stream") String stream,
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @HeaderParam("Last-Event-ID") @Nullable String lastEventId,
      @Context HttpServerResponse response,
      @Context Sse sse) {
    Multi<OutboundSseEvent> events = requests.read(id, stream, authorization, lastEventId, sse);
    response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store, no-transform");
    // nginx holds events back otherwise.
    response.putHeader("X-Accel-Buffering", "no");
    return events;
  }

  @HEAD
  public Response head(
      @PathParam("id") String id,
      @PathParam("stream") String stream,
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
    return requests.head(id, stream, authorization);
  }

  @DELETE
  public Response delete(
      @PathParam("id") String id,
      @PathParam("stream") String stream,
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
    return requests.delete(id, stream, authorization);
  }

  @OPTIONS
  public Response options() {
    return requests.options(AllowedMethods.EVENT_STREAM);
  }
}
