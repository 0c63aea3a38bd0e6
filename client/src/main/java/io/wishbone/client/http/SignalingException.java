package io.wishbone.client.http;

/// The server refused, or answered something that is no answer.
public final class SignalingException extends Exception {
  private static final long serialVersionUID = 1L;
  private final int status;
  private final int retryAfterSeconds;

  SignalingException(int status, int retryAfterSeconds, String message) {
    super(message);
    this.status = status;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /// HTTP status code, or 0 when there was no response.
  public int status() {
    return status;
  }

  /// What `Retry-After` said, in seconds, or -1 when it said nothing.
  public int retryAfterSeconds() {
    return retryAfterSeconds;
  }
}
