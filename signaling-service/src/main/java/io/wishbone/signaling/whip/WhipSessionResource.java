package io.wishbone.signaling.whip;

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

/// A WHIP session URL.
@Path("/whip/resource/{id}")
@RunOnVirtualThread
public final class WhipSessionResource {

  private final SessionRequests requests;

  WhipSessionResource(SessionRequests requests) {
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
        SessionRole.PUBLISHER,
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
    return requests.delete(SessionRole.PUBLISHER, id, authorization);
  }

  @GET
  public Response get(
      @PathParam("id") String id,
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
    return requests.get(SessionRole.PUBLISHER, id, authorization);
  }

  @OPTIONS
  public Response options() {
    return requests.options();
  }
}
