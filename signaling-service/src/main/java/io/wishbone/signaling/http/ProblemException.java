package io.wishbone.signaling.http;

import java.time.Duration;
import java.util.Map;

/// Ends a request with a [Problem]. Made by the methods that are named for the fault.
public final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /// What remains of a body that was not read would be taken for the next request.
  private static final Map<String, String> CLOSE = Map.of("Connection", "close");

  private final transient Problem problem;
  private final transient Map<String, String> headers;

  private ProblemException(int status, String title, String detail, Map<String, String> headers) {
    super(detail, null, false, false);
    this.problem = new Problem(status, title, detail);
    this.headers = headers;
  }

  private ProblemException(int status, String title, String detail) {
    this(status, title, detail, Map.of());
  }

  public static ProblemException malformed(String detail) {
    return new ProblemException(400, "Malformed request", detail);
  }

  /// 401 with the challenge of RFC 6750 section 3.
  public static ProblemException unauthenticated(String challenge, String detail) {
    return new ProblemException(401, "Unauthorized", detail, Map.of("WWW-Authenticate", challenge));
  }

  /// 403 with the challenge of RFC 6750 section 3.1.
  public static ProblemException forbidden(String challenge, String detail) {
    return new ProblemException(403, "Forbidden", detail, Map.of("WWW-Authenticate", challenge));
  }

  public static ProblemException notFound(String detail) {
    return new ProblemException(404, "Not found", detail);
  }

  public static ProblemException conflict(String detail) {
    return new ProblemException(409, "Conflict", detail);
  }

  /// A conflict that may be gone after a while.
  public static ProblemException conflict(String detail, int retryAfterSeconds) {
    return new ProblemException(409, "Conflict", detail, retryAfter(retryAfterSeconds));
  }

  public static ProblemException preconditionFailed(String detail) {
    return new ProblemException(412, "Precondition failed", detail);
  }

  public static ProblemException tooLarge(String detail) {
    return new ProblemException(413, "Content too large", detail, CLOSE);
  }

  public static ProblemException timeout(String detail) {
    return new ProblemException(408, "Request timeout", detail, CLOSE);
  }

  /// 415 that says what is accepted instead, in `Accept-Post` or `Accept-Patch`.
  public static ProblemException unsupportedMediaType(
      String detail, String acceptHeader, String accepted) {
    return new ProblemException(
        415, "Unsupported media type", detail, Map.of(acceptHeader, accepted));
  }

  public static ProblemException unprocessable(String detail) {
    return new ProblemException(422, "Unprocessable content", detail);
  }

  public static ProblemException preconditionRequired(String detail) {
    return new ProblemException(428, "Precondition required", detail);
  }

  public static ProblemException internal(String detail) {
    return new ProblemException(500, "Internal error", detail);
  }

  public static ProblemException unavailable(String detail, int retryAfterSeconds) {
    return new ProblemException(503, "Service unavailable", detail, retryAfter(retryAfterSeconds));
  }

  public static ProblemException unavailable(String detail, Duration retryAfter) {
    return unavailable(detail, seconds(retryAfter));
  }

  /// 429 (RFC 6585 section 4). The connection may be used again: closing it would make the client
  /// open another one.
  public static ProblemException tooManyRequests(String detail, Duration retryAfter) {
    return new ProblemException(429, "Too many requests", detail, retryAfter(seconds(retryAfter)));
  }

  public int status() {
    return problem.status();
  }

  public Problem problem() {
    return problem;
  }

  Map<String, String> headers() {
    return headers;
  }

  /// Rounded up: whoever comes back too early is refused again.
  private static int seconds(Duration time) {
    return Math.toIntExact(Math.max(1, time.plusNanos(999_999_999).toSeconds()));
  }

  private static Map<String, String> retryAfter(int seconds) {
    return Map.of("Retry-After", Integer.toString(seconds));
  }
}
