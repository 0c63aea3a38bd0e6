package io.wishbone.signaling.session;

import java.net.URI;

/// Ends a request because another region or cluster is to serve it.
public final class ElsewhereException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final URI base;

  ElsewhereException(URI base) {
    super("another region or cluster opens the session", null, false, false);
    this.base = base;
  }

  /// What the URLs of its endpoints begin with.
  URI base() {
    return base;
  }
}
