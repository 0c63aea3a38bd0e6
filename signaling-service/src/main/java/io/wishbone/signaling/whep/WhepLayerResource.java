package io.wishbone.signaling.whep;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// Where a player chooses the quality of its picture: the extension
/// `urn:ietf:params:whep:ext:core:layer`.
@Path("/whep/resource/{id}/layer")
@RunOnVirtualThread
public final class WhepLayerResource {

  private final LayerRequests requests;

  WhepLayerResource(LayerRequests requests) {
    this.requests = requests;
  }

  @POST
  public Response post(
      @PathParam("id") String id,
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
      InputStream body) {
    return requests.post(id, authorization, contentType, body);
  }

  @OPTIONS
  public Response options() {
    return requests.options();
  }
}
