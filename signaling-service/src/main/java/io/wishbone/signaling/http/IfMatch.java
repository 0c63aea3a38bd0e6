package io.wishbone.signaling.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The precondition of a request (RFC 9110 section 13.1.1).
public sealed interface IfMatch {

  /// There is none.
  record Absent() implements IfMatch {}

  /// `*`: whatever the current entity-tag is.
  record Any() implements IfMatch {}

  /// One of these strong tags. Weak ones never match, so they are not listed.
  record OneOf(List<EntityTag> tags) implements IfMatch {
    public OneOf {
      tags = List.copyOf(tags);
    }
  }

  /// Reads the header; several lines are one list (RFC 9110 section 5.3).
  ///
  /// @param lines the values of `If-Match`
  /// @param entityTag the value of `ETag`, in which some players send the tag instead
  static IfMatch of(List<String> lines, @Nullable String entityTag) {
    return parse(lines.isEmpty() ? entityTag : String.join(", ", lines));
  }

  /// Reads the field value. RFC 9725 figure 4 prints the wildcard as `"*"`: both forms are taken.
  /// What is no list of entity-tags matches nothing.
  static IfMatch parse(@Nullable String value) {
    if (value == null || value.isBlank()) {
      return new Absent();
    }
    String stripped = value.strip();
    if (stripped.equals("*") || stripped.equals("\"*\"")) {
      return new Any();
    }
    return new OneOf(tags(stripped));
  }

  /// Whether the precondition holds; one that is absent does not.
  default boolean matches(EntityTag current) {
    return switch (this) {
      case Absent() -> false;
      case Any() -> true;
      case OneOf(List<EntityTag> tags) -> tags.contains(current);
    };
  }

  private static List<EntityTag> tags(String list) {
    List<EntityTag> tags = new ArrayList<>();
    boolean mayBegin = true;
    int at = 0;
    while (at < list.length()) {
      char c = list.charAt(at);
      if (c == ',' || c == ' ' || c == '\t') {
        mayBegin |= c == ',';
        at++;
        continue;
      }
      boolean weak = list.startsWith("W/", at);
      int open = weak ? at + 2 : at;
      int close = list.indexOf('"', open + 1);
      if (!mayBegin || open >= list.length() || list.charAt(open) != '"' || close < 0) {
        return List.of();
      }
      if (!weak) {
        tags.add(new EntityTag(list.substring(open + 1, close)));
      }
      mayBegin = false;
      at = close + 1;
    }
    return tags;
  }
}
