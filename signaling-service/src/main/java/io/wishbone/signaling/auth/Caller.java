package io.wishbone.signaling.auth;

import io.wishbone.control.SessionRole;
import io.wishbone.control.StreamName;
import io.wishbone.signaling.http.ProblemException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Whoever sent a request, and what they may do.
///
/// @param subject the claim `sub` of their token, or without one what the operator's program calls
///   them; null when nobody said
/// @param key the id of the stream key that they showed, null without one
/// @param admin whether they may end the sessions of others
/// @param lifetime how long a session of theirs may last, null for as long as it likes
/// @param credentials what they showed, for the operator's program
public record Caller(
    @Nullable String subject,
    @Nullable String key,
    StreamGrants publish,
    StreamGrants play,
    boolean admin,
    @Nullable Duration lifetime,
    Credentials credentials) {

  /// Somebody on a server that looks at no credentials. They may do nothing to others.
  static final Caller ANYBODY = anybody(new Credentials.None());

  /// Somebody of whom nothing is known yet.
  static Caller anybody(Credentials credentials) {
    return new Caller(null, null, StreamGrants.ALL, StreamGrants.ALL, false, null, credentials);
  }

  /// The same, after the operator's program had its say.
  ///
  /// It names those whom nothing else names: a subject that it could change would slip through the
  /// revocation of the one in the token.
  ///
  /// @param named the subject, null when it said nothing on that
  /// @param longest null when it set no limit
  Caller confirmed(@Nullable String named, @Nullable Duration longest) {
    return new Caller(
        subject == null ? named : subject,
        key,
        publish,
        play,
        admin,
        shorter(lifetime, longest),
        credentials);
  }

  static @Nullable Duration shorter(@Nullable Duration one, @Nullable Duration other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.compareTo(other) < 0 ? one : other;
  }

  /// Passes if the caller may do this.
  ///
  /// @throws ProblemException 403 when the credentials do not name this stream
  public void check(SessionRole role, StreamName stream) {
    if (!grants(role).allows(stream)) {
      throw ProblemException.forbidden(
          Challenges.insufficientScope(),
          "the credentials do not allow to " + verb(role) + " stream " + stream);
    }
  }

  /// Passes if the caller may end the sessions of others.
  ///
  /// @throws ProblemException 403 when the credentials do not say so
  public void checkAdmin() {
    if (!admin) {
      throw ProblemException.forbidden(
          Challenges.insufficientScope(), "the credentials do not allow to administer");
    }
  }

  /// The stream to open a session for: the one in the path, or without one the only one that the
  /// credentials name.
  ///
  /// @throws ProblemException 400 or 403 when there is no such stream
  public StreamName stream(SessionRole role, @Nullable String fromPath) {
    if (fromPath == null) {
      StreamName only = grants(role).onlyStream();
      if (only == null) {
        throw ProblemException.malformed(
            "name the stream in the path, or use a token or key that names exactly one");
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
