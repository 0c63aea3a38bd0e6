package io.wishbone.signaling.whep;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.wishbone.control.SessionRole;
import io.wishbone.signaling.http.IfMatch;
import io.wishbone.signaling.session.SessionRequests;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A WHEP session URL.
@Path("/whep/resource/{id}")
@RunOnVirtualThread
public final class WhepSessionResource {

  private final SessionRequests requests;

  WhepSessionResource(SessionRequests requests) {
    this.requests = requests;
  }

  /// Adds candidates or restarts ICE.
  ///
  /// @param entityTag some players send the tag in `ETag` instead of `If-Match`
  @PATCH
  public Response patch(
      @PathParam("id") String id,
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
      @HeaderParam(HttpHeaders.IF_MATCH) List<String> ifMatch,
      @HeaderParam(HttpHeaders.ETAG) @Nullable String entityTag,
      InputStream body) {
    return requests.patch(
        SessionRole.SUBSCRIBER,
        id,
        authorization,
        contentType,
        IfMatch.of(ifMatch, entityTag),
        body);
  }

  @DELETE
  public Response delete(
      @PathParam("id") String id,
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
    return requests.delete(SessionRole.SUBSCRIBER, id, authorization);
  }

  @GET
  public Response get(
      @PathParam("id") String id,
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
    return requests.get(SessionRole.SUBSCRIBER, id, authorization);
  }

  @OPTIONS
  public Response options() {
    return requests.options();
  }
}
