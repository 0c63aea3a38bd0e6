package io.wishbone.signaling.auth;

/// A token that did hold: all is right with it but the time.
final class ExpiredTokenException extends InvalidTokenException {

  private static final long serialVersionUID = 1L;
}
