package io.wishbone.control;

/// Bytes that are no control message.
public final class MalformedMessageException extends Exception {

  private static final long serialVersionUID = 1L;

  MalformedMessageException(String message, Throwable cause) {
    super(message, cause);
  }

  MalformedMessageException(String message) {
    super(message);
  }
}
