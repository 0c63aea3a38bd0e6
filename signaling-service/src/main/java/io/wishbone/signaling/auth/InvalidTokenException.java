package io.wishbone.signaling.auth;

/// A token that does not hold, whatever the reason.
class InvalidTokenException extends Exception {

  private static final long serialVersionUID = 1L;

  InvalidTokenException() {
    super("the token does not hold", null, false, false);
  }
}
