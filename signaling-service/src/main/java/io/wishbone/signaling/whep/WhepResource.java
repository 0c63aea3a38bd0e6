package io.wishbone.signaling.whep;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.wishbone.control.SessionRole;
import io.wishbone.signaling.http.ContentTypes;
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

/// The WHEP endpoint (draft-ietf-wish-whep section 4.3). The stream is named in the path, or by the
/// token.
@Path("/whep/endpoint")
@RunOnVirtualThread
public final class WhepResource {

  private final EndpointRequests requests;

  WhepResource(EndpointRequests requests) {
    this.requests = requests;
  }

  @POST
  public Response post(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
      @Context UriInfo uri,
      InputStream body) {
    return requests.post(SessionRole.SUBSCRIBER, null, authorization, contentType, body, uri);
  }

  @POST
  @Path("{stream}")
  public Response postStream(
      @PathParam("stream") String stream,
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
      @Context UriInfo uri,
      InputStream body) {
    return requests.post(SessionRole.SUBSCRIBER, stream, authorization, contentType, body, uri);
  }

  @GET
  public Response get() {
    return discovery();
  }

  @GET
  @Path("{stream}")
  public Response getStream() {
    return discovery();
  }

  @OPTIONS
  public Response options(@Context HttpHeaders headers) {
    return requests.options(SessionRole.SUBSCRIBER, null, headers);
  }

  @OPTIONS
  @Path("{stream}")
  public Response optionsOfStream(
      @PathParam("stream") String stream, @Context HttpHeaders headers) {
    return requests.options(SessionRole.SUBSCRIBER, stream, headers);
  }

  /// Tells by its content type that this is a WHEP endpoint, and nothing else.
  private static Response discovery() {
    return Response.ok("", ContentTypes.SDP).build();
  }
}
