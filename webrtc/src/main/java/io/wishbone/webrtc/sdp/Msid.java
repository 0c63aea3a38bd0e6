package io.wishbone.webrtc.sdp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// `a=msid:<stream> [<track>]`: the MediaStream that a section's media belong to (RFC 8830).
///
/// @param stream [#NO_STREAM] for media of no stream
public record Msid(String stream, @Nullable String track) implements AttributeValue {
  public static final String NO_STREAM = "-";

  public Msid {
    Grammar.word("msid", stream);
    if (track != null) {
      Grammar.word("msid", track);
    }
  }

  /// `null` for what makes no sense: nothing depends on it so much that an offer should fail by it.
  static @Nullable Msid parse(String value) {
    List<String> words = Grammar.words(value);
    if (words.isEmpty() || words.size() > 2 || !words.stream().allMatch(Grammar::isWord)) {
      return null;
    }
    return new Msid(words.getFirst(), words.size() == 2 ? words.get(1) : null);
  }

  @Override
  public Attribute attribute() {
    return new Attribute("msid", track == null ? stream : stream + " " + track);
  }
}
