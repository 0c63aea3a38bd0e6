package io.wishbone.signaling.auth;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// A line of the file of stream keys: id, actions, streams, hash.
///
/// ```
/// camera-1  publish       live,studio-*  sha256:9b74c9897bac770ffc029102a200c5de…
/// wall      play          *              sha256:…
/// ops       admin         -              sha256:…
/// ```
///
/// @param streams names, or beginnings of names before a `*`
/// @param admin whether its bearer may end the sessions of others
public record KeyFileLine(
    StreamKey key, boolean publish, boolean play, boolean admin, List<String> streams) {

  private static final String HASH_KIND = "sha256:";
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final String NO_STREAMS = "-";

  public KeyFileLine {
    streams = List.copyOf(streams);
  }

  /// Reads a line that is neither empty nor a comment.
  ///
  /// @throws IllegalArgumentException that says what is wrong, without the line itself
  static KeyFileLine parse(String line) {
    String[] words = line.strip().split("\\s+");
    require(words.length == 4, "a line has four words: id, actions, streams, hash");
    require(StreamKey.isId(words[0]), "an id is 1 to 64 letters, digits, '_' or '-'");
    List<String> actions = List.of(words[1].split(",", -1));
    require(
        List.of("publish", "play", "admin").containsAll(actions),
        "the actions are publish, play and admin, with commas between several");
    List<String> streams =
        words[2].equals(NO_STREAMS) ? List.of() : List.of(words[2].split(",", -1));
    require(
        streams.stream().allMatch(StreamGrants::isPattern),
        "streams are names, beginnings of names before a '*', or '-' for none");
    String hash = words[3].startsWith(HASH_KIND) ? words[3].substring(HASH_KIND.length()) : "";
    require(HASH.matcher(hash).matches(), "a hash is sha256: and 64 hexadecimal digits");
    return new KeyFileLine(
        new StreamKey(words[0], hash),
        actions.contains("publish"),
        actions.contains("play"),
        actions.contains("admin"),
        streams);
  }

  /// As it stands in the file.
  public String text() {
    String actions =
        String.join(
            ",",
            Arrays.asList(publish ? "publish" : "", play ? "play" : "", admin ? "admin" : "")
                .stream()
                .filter(action -> !action.isEmpty())
                .toList());
    String named = streams.isEmpty() ? NO_STREAMS : String.join(",", streams);
    return key.id() + " " + actions + " " + named + " " + HASH_KIND + key.hash();
  }

  Caller caller(Credentials credentials) {
    var granted = new StreamGrants(streams);
    return new Caller(
        null,
        key.id(),
        publish ? granted : StreamGrants.NONE,
        play ? granted : StreamGrants.NONE,
        admin,
        null,
        credentials);
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(rule);
    }
  }
}
