package io.wishbone.app.program;

import org.jspecify.annotations.Nullable;

/// The server does not start; the message is the one line that the user gets to read.
public final class StartRefusedException extends Exception {

  private static final int WRONG_USE = 2;
  private static final int NOT_POSSIBLE = 1;

  private final int exitCode;

  private StartRefusedException(int exitCode, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /// Something was asked for that makes no sense.
  public static StartRefusedException wrongUse(String message) {
    return new StartRefusedException(WRONG_USE, message, null);
  }

  /// What was asked for makes sense, but not here and now.
  public static StartRefusedException notPossible(String message, @Nullable Throwable cause) {
    return new StartRefusedException(NOT_POSSIBLE, message, cause);
  }

  public int exitCode() {
    return exitCode;
  }
}
