package io.wishbone.signaling.http;

import io.wishbone.store.StoreUnavailableException;
import io.wishbone.store.UnreadableEntryException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/// Turns every failure into problem details, those of the framework included.
final class ProblemMappers {

  private static final int STORE_RETRY_SECONDS = 2;
  private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

  @ServerExceptionMapper
  Response problem(ProblemException failure) {
    Response.ResponseBuilder response = respond(failure.problem());
    failure.headers().forEach(response::header);
    return response.build();
  }

  @ServerExceptionMapper
  Response refusedByTheFramework(
      WebApplicationException failure, UriInfo uri, HttpHeaders request) {
    Response original = failure.getResponse();
    int status = status(original, uri.getPath());
    if (status < 400) {
      return original;
    }
    if (status == 400 && isMalformed(request.getHeaderString(HttpHeaders.CONTENT_TYPE))) {
      return problem(unreadableMediaType(uri.getPath()));
    }
    boolean isMethod = status == Response.Status.METHOD_NOT_ALLOWED.getStatusCode();
    String title = isMethod ? "Method Not Allowed" : original.getStatusInfo().getReasonPhrase();
    Response.ResponseBuilder response =
        respond(new Problem(status, title, isMethod ? "no such method here" : title));
    if (isMethod) {
      response.header(HttpHeaders.ALLOW, AllowedMethods.at(uri.getPath()));
    }
    return response.build();
  }

  /// Where one resource's path is the beginning of another's, the framework says 404 for a method
  /// that the longer one does not have. Our own 404s do not come here.
  private static int status(Response original, String path) {
    int status = original.getStatus();
    return status == 404 && AllowedMethods.isBelowSession(path) ? 405 : status;
  }

  /// What was asked for may work in a moment, here or at another pod.
  @ServerExceptionMapper
  Response withoutStore(StoreUnavailableException failure) {
    LOG.debug("A request failed for want of the store", failure);
    return problem(
        ProblemException.unavailable("sessions cannot be looked up now", STORE_RETRY_SECONDS));
  }

  /// A server of another version may be able to read it.
  @ServerExceptionMapper
  Response unreadable(UnreadableEntryException failure) {
    LOG.debug("A request failed for what the store holds", failure);
    return problem(
        ProblemException.unavailable(
            "what is stored cannot be read by this server", STORE_RETRY_SECONDS));
  }

  @ServerExceptionMapper
  Response unexpected(RuntimeException failure) {
    LOG.error("A request failed", failure);
    return respond(new Problem(500, "Internal error", "the server failed; its log says why"))
        .build();
  }

  /// The framework reads the Content-Type before any resource does, and gives no reason.
  private static boolean isMalformed(@Nullable String contentType) {
    if (contentType == null) {
      return false;
    }
    try {
      MediaType.valueOf(contentType);
      return false;
    } catch (IllegalArgumentException _) {
      return true;
    }
  }

  private static ProblemException unreadableMediaType(String path) {
    String detail = "the Content-Type header is no media type";
    if (AllowedMethods.at(path).equals(AllowedMethods.SESSION)) {
      return ProblemException.unsupportedMediaType(detail, "Accept-Patch", ContentTypes.FRAGMENT);
    }
    boolean isJson = AllowedMethods.isBelowSession(path) || path.startsWith("/api/");
    return ProblemException.unsupportedMediaType(
        detail, "Accept-Post", isJson ? ContentTypes.JSON : ContentTypes.SDP);
  }

  private static Response.ResponseBuilder respond(Problem problem) {
    return Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem.json());
  }
}
