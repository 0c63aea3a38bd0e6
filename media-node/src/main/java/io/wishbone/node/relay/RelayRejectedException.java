package io.wishbone.node.relay;

import java.io.Serial;

/// The other node has said something that no relay can come of.
public final class RelayRejectedException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  RelayRejectedException(String message) {
    super(message);
  }
}
