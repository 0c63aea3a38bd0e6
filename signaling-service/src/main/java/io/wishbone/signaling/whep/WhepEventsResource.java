package io.wishbone.signaling.whep;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.wishbone.signaling.http.AllowedMethods;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// Where event streams of a WHEP session are made: the extension
/// `urn:ietf:params:whep:ext:core:server-sent-events`.
@Path("/whep/resource/{id}/events")
@RunOnVirtualThread
public final class WhepEventsResource {

  private final EventStreamRequests requests;

  WhepEventsResource(EventStreamRequests requests) {
    this.requests = requests;
  }

  @POST
  public Response post(
      @PathParam("id") String id,
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
      @Context UriInfo uri,
      InputStream body) {
    return requests.post(id, authorization, contentType, body, uri);
  }

  @OPTIONS
  public Response options() {
    return requests.options(AllowedMethods.EVENTS);
  }
}
