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
