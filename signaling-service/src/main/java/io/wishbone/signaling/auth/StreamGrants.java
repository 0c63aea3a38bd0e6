package io.wishbone.signaling.auth;

import io.wishbone.control.StreamName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The streams that a claim names: each entry is a stream name, a prefix that ends in `*`, or `*`.
record StreamGrants(List<String> patterns) {

  static final StreamGrants ALL = new StreamGrants(List.of("*"));
  static final StreamGrants NONE = new StreamGrants(List.of());

  StreamGrants {
    patterns = List.copyOf(patterns);
  }

  /// Grants what can be understood of these: a pattern that could match no name is left out.
  static StreamGrants of(List<String> patterns) {
    return new StreamGrants(patterns.stream().filter(StreamGrants::isPattern).toList());
  }

  /// Whether this is a stream name, or the beginning of one before a `*`.
  static boolean isPattern(String text) {
    String name = text.endsWith("*") ? text.substring(0, text.length() - 1) : text;
    return text.equals("*") || StreamName.isValid(name);
  }

  boolean allows(StreamName stream) {
    return patterns.stream().anyMatch(pattern -> matches(pattern, stream.value()));
  }

  /// The one stream that is named here, or null when it is not exactly one.
  @Nullable StreamName onlyStream() {
    return patterns.size() == 1 && StreamName.isValid(patterns.getFirst())
        ? new StreamName(patterns.getFirst())
        : null;
  }

  private static boolean matches(String pattern, String stream) {
    return pattern.endsWith("*")
        ? stream.startsWith(pattern.substring(0, pattern.length() - 1))
        : stream.equals(pattern);
  }
}
