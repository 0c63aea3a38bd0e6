package io.wishbone.webrtc.peer;

/// An answer that parses but can't be used; the message says why.
public final class AnswerRejectedException extends Exception {
  private static final long serialVersionUID = 1L;

  public AnswerRejectedException(String message) {
    super(message);
  }
}
