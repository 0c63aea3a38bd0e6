package io.wishbone.webrtc.sdp;

import java.util.List;

/// `a=group:<semantics> <mid> <mid> …`, RFC 5888 section 5. The one that matters is `BUNDLE` (RFC
/// 9143): its first mid names the tagged section, whose address and ICE attributes serve all.
public record MediaGroup(String semantics, List<String> mids) implements AttributeValue {
  public static final String BUNDLE = "BUNDLE";

  public MediaGroup {
    Grammar.token("group semantics", semantics, 32);
    mids = List.copyOf(mids);
    for (String mid : mids) {
      Grammar.token("mid", mid, Limits.MID_LENGTH);
    }
  }

  /// The group of sections that share one transport.
  public static MediaGroup bundle(List<String> mids) {
    return new MediaGroup(BUNDLE, mids);
  }

  static MediaGroup parse(String value) {
    List<String> words = Grammar.words(value);
    if (words.isEmpty()) {
      throw new InvalidValueException("a=group has no semantics");
    }
    return new MediaGroup(words.getFirst(), words.subList(1, words.size()));
  }

  public boolean isBundle() {
    return semantics.equals(BUNDLE);
  }

  @Override
  public Attribute attribute() {
    return new Attribute(
        "group", mids.isEmpty() ? semantics : semantics + " " + String.join(" ", mids));
  }
}
