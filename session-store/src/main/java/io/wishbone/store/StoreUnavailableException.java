package io.wishbone.store;

import org.jspecify.annotations.Nullable;

/// The store cannot be reached now, or does not answer. What was asked of it may have happened all
/// the same.
public final class StoreUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public StoreUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
