package io.wishbone.signaling.admin;

import io.wishbone.control.SessionRole;
import io.wishbone.signaling.http.ProblemException;
import io.wishbone.store.SessionRecord;
import io.wishbone.store.SessionState;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which sessions are asked for; null lets all through.
///
/// @param limit how many at most
record SessionFilter(
    @Nullable String stream,
    @Nullable String node,
    @Nullable String role,
    @Nullable String state,
    int limit) {

  static final int MOST = 1_000;
  private static final int USUAL = 100;

  /// @throws ProblemException 400 when there is no such role, state or number
  static SessionFilter of(
      @Nullable String stream,
      @Nullable String node,
      @Nullable String role,
      @Nullable String state,
      @Nullable String limit) {
    checkWord("role", role, SessionRole.values());
    checkWord("state", state, SessionState.values());
    return new SessionFilter(stream, node, role, state, number(limit));
  }

  private static void checkWord(String name, @Nullable String word, Enum<?>[] values) {
    if (word != null && Arrays.stream(values).map(AdminJson::word).noneMatch(word::equals)) {
      String all = Arrays.stream(values).map(AdminJson::word).collect(Collectors.joining(", "));
      throw ProblemException.malformed(name + " is one of " + all);
    }
  }

  private static int number(@Nullable String text) {
    if (text == null) {
      return USUAL;
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= 1 && number <= MOST) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Said below.
    }
    throw ProblemException.malformed("limit is a number from 1 to " + MOST);
  }

  boolean matches(SessionRecord session) {
    return (stream == null || stream.equals(session.stream().value()))
        && (node == null || node.equals(session.node().value()))
        && (role == null || role.equals(AdminJson.word(session.role())))
        && (state == null || state.equals(AdminJson.word(session.state())));
  }
}
