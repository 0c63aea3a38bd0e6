package io.wishbone.signaling.whip;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.wishbone.control.SessionRole;
import io.wishbone.signaling.session.EndpointRequests;
import jakarta.ws.rs.GET;
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

/// The WHIP endpoint (RFC 9725 section 4.2). The stream is named in the path, or by the token.
@Path("/whip/endpoint")
@RunOnVirtualThread
public final class WhipResource {

  private final EndpointRequests requests;

  WhipResource(EndpointRequests requests) {
    this.requests = requests;
  }

  @POST
  public Response post(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
      @Context UriInfo uri,
      InputStream body) {
    return requests.post(SessionRole.PUBLISHER, null, authorization, contentType, body, uri);
  }

  @POST
  @Path("{stream}")
  public Response postStream(
      @PathParam("stream") String stream,
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
      @Context UriInfo uri,
      InputStream body) {
    return requests.post(SessionRole.PUBLISHER, stream, authorization, contentType, body, uri);
  }

  /// Nothing to be seen here (RFC 9725 section 4.1).
  @GET
  public Response get() {
    return Response.noContent().build();
  }

  @GET
  @Path("{stream}")
  public Response getStream() {
    return Response.noContent().build();
  }

  @OPTIONS
  public Response options(@Context HttpHeaders headers) {
    return requests.options(SessionRole.PUBLISHER, null, headers);
  }

  @OPTIONS
  @Path("{stream}")
  public Response optionsOfStream(
      @PathParam("stream") String stream, @Context HttpHeaders headers) {
    return requests.options(SessionRole.PUBLISHER, stream, headers);
  }
}
