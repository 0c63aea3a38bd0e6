package io.wishbone.signaling.auth;

import io.wishbone.control.SessionRole;
import io.wishbone.control.StreamName;
import io.wishbone.signaling.http.ProblemException;
import org.jspecify.annotations.Nullable;

/// Whoever sent a request, and what they may do.
///
/// @param subject the claim `sub` of their token; null without one
public record Caller(@Nullable String subject, StreamGrants publish, StreamGrants play) {

  /// Somebody on a server that asks for no tokens.
  static final Caller ANYBODY = new Caller(null, StreamGrants.ALL, StreamGrants.ALL);

  /// Passes if the caller may do this.
  ///
  /// @throws ProblemException 403 when the token does not name this stream
  public void check(SessionRole role, StreamName stream) {
    if (!grants(role).allows(stream)) {
      throw ProblemException.forbidden(
          Challenges.insufficientScope(),
          "the token does not allow to " + verb(role) + " stream " + stream);
    }
  }

  /// The stream to open a session for: the one in the path, or without one the only one that the
  /// token names.
  ///
  /// @throws ProblemException 400 or 403 when there is no such stream
  public StreamName stream(SessionRole role, @Nullable String fromPath) {
    if (fromPath == null) {
      StreamName only = grants(role).onlyStream();
      if (only == null) {
        throw ProblemException.malformed(
            "name the stream in the path, or use a token that names exactly one");
      }
      return only;
    }
    if (!StreamName.isValid(fromPath)) {
      throw ProblemException.malformed(
          "a stream name is 1 to 128 letters, digits, '.', '_', '~' or '-', and begins with a"
              + " letter or digit");
    }
    StreamName stream = new StreamName(fromPath);
    check(role, stream);
    return stream;
  }

  private StreamGrants grants(SessionRole role) {
    return switch (role) {
      case PUBLISHER -> publish;
      case SUBSCRIBER -> play;
    };
  }

  private static String verb(SessionRole role) {
    return switch (role) {
      case PUBLISHER -> "publish";
      case SUBSCRIBER -> "play";
    };
  }
}
