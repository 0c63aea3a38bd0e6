package io.wishbone.client.load;

import java.util.concurrent.ExecutionException;

/// Opens sessions at the server that is measured.
public interface Signaling {

  /// A session that was opened.
  interface Session {
    String answer();

    /// Ends it. Says nothing when that goes wrong.
    void end();
  }

  /// Blocks until there is an answer.
  ///
  /// @param stream a number, from zero
  /// @throws ExecutionException when the server refuses; the cause says why
  Session publish(int stream, String offer) throws ExecutionException, InterruptedException;

  /// Blocks until there is an answer.
  ///
  /// @param stream a number, from zero
  /// @throws ExecutionException when the server refuses; the cause says why
  Session play(int stream, String offer) throws ExecutionException, InterruptedException;
}
