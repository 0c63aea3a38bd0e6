package io.wishbone.webrtc.jsep;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The lines of a description from one `m=` line to the next.
///
/// @param words of the `m=` line
/// @param lines the others
/// @param session the lines at session level
record SdpSection(List<String> words, List<String> lines, List<String> session) {

  static final List<String> DIRECTIONS = List.of("sendrecv", "sendonly", "recvonly", "inactive");

  String kind() {
    return word(0);
  }

  String port() {
    return word(1);
  }

  String protocol() {
    return word(2);
  }

  List<String> formats() {
    return words.size() < 4 ? List.of() : words.subList(3, words.size());
  }

  boolean isRejected() {
    return port().equals("0") && !has("bundle-only");
  }

  boolean isMedia() {
    return kind().equals("audio") || kind().equals("video");
  }

  @Nullable String mid() {
    return first("mid");
  }

  /// Values of the section's own attributes of this name; empty strings for flags.
  List<String> values(String name) {
    return values(lines, name);
  }

  /// Its own, or else the session's.
  List<String> effective(String name) {
    List<String> own = values(name);
    return own.isEmpty() ? values(session, name) : own;
  }

  boolean has(String name) {
    return !values(name).isEmpty();
  }

  @Nullable String first(String name) {
    List<String> values = values(name);
    return values.isEmpty() ? null : values.getFirst();
  }

  /// The directions that are said, none when the default holds.
  List<String> directions() {
    List<String> own = directions(lines);
    return own.isEmpty() ? directions(session) : own;
  }

  String direction() {
    return directions().isEmpty() ? "sendrecv" : directions().getFirst();
  }

  List<String> attributeNames() {
    return lines.stream().filter(line -> line.startsWith("a=")).map(SdpSection::name).toList();
  }

  /// The values of `a=<name>:<payload type> …`, without the payload type.
  List<String> of(String name, String payloadType) {
    List<String> found = new ArrayList<>();
    for (String value : values(name)) {
      String[] halves = value.strip().split("\\s+", 2);
      if (halves[0].equals(payloadType)) {
        found.add(halves.length == 1 ? "" : halves[1].strip());
      }
    }
    return found;
  }

  static List<String> values(List<String> lines, String name) {
    List<String> values = new ArrayList<>();
    for (String line : lines) {
      if (line.startsWith("a=") && name(line).equals(name)) {
        int colon = line.indexOf(':');
        values.add(colon < 0 ? "" : line.substring(colon + 1).strip());
      }
    }
    return values;
  }

  static String name(String attributeLine) {
    int colon = attributeLine.indexOf(':');
    return attributeLine.substring(2, colon < 0 ? attributeLine.length() : colon).strip();
  }

  private static List<String> directions(List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith("a="))
        .map(line -> line.substring(2).strip())
        .filter(DIRECTIONS::contains)
        .toList();
  }

  private String word(int index) {
    return index < words.size() ? words.get(index) : "";
  }

  @Override
  public String toString() {
    return "m=" + kind().toLowerCase(Locale.ROOT) + (mid() == null ? "" : " (mid " + mid() + ")");
  }
}
