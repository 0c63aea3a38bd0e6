package io.wishbone.webrtc.sdp;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads one session description, line by line, and knows which line it is at when something is
/// wrong. The order of lines within a level is not insisted on.
final class DescriptionReader {
  private final List<Field> fields = new ArrayList<>();
  private final List<Attribute> attributes = new ArrayList<>();
  private final List<MediaDescription> media = new ArrayList<>();
  private final Set<String> mids = new HashSet<>();
  private @Nullable Origin origin;
  private @Nullable String name;
  private @Nullable Section section;

  /// At the level that is being read.
  private int candidates;

  private boolean hasMid;

  /// A section whose end is not reached yet.
  private record Section(MediaDescription head, List<Field> fields, List<Attribute> attributes) {
    Section(MediaDescription head) {
      this(head, new ArrayList<>(), new ArrayList<>());
    }

    MediaDescription end() {
      return new MediaDescription(
          head.kindText(),
          head.port(),
          head.protocol(),
          head.formats(),
          fields,
          attributes,
          List.of());
    }
  }

  SessionDescription read(String text) throws SdpParseException {
    List<Line> lines = Line.split(text);
    if (lines.isEmpty() || lines.getFirst().type() != 'v') {
      throw new SdpParseException(1, "a description begins with v=0");
    }
    for (Line line : lines) {
      try {
        accept(line);
      } catch (InvalidValueException e) {
        throw new SdpParseException(line.number(), reason(e));
      }
    }
    endSection();
    if (origin == null) {
      throw new SdpParseException(lines.size(), "the description ends without o=");
    }
    if (name == null) {
      throw new SdpParseException(lines.size(), "the description ends without s=");
    }
    try {
      return new SessionDescription(origin, name, fields, attributes, media);
    } catch (InvalidValueException e) {
      throw new SdpParseException(lines.size(), reason(e));
    }
  }

  static String reason(InvalidValueException e) {
    String message = e.getMessage();
    return message == null ? "the line is not understood" : message;
  }

  private void accept(Line line) {
    switch (line.type()) {
      case 'v' -> acceptVersion(line);
      case 'o' -> {
        once("o=", origin);
        origin = Origin.parse(line.value());
      }
      case 's' -> {
        once("s=", name);
        name = line.value();
      }
      case 'm' -> acceptMedia(line.value());
      case 'a' -> acceptAttribute(Attribute.parse(line.value()));
      default -> acceptField(new Field(line.type(), line.value()));
    }
  }

  private static void acceptVersion(Line line) {
    if (line.number() != 1) {
      throw new InvalidValueException("v= may only stand in the first line");
    }
    if (!line.value().equals("0")) {
      throw new InvalidValueException("the version is not 0");
    }
  }

  private void once(String what, @Nullable Object before) {
    if (before != null || section != null) {
      throw new InvalidValueException(what + " may only stand once, at session level");
    }
  }

  private void acceptMedia(String value) {
    endSection();
    if (media.size() == Limits.MEDIA_SECTIONS) {
      throw new InvalidValueException("there are more than " + Limits.MEDIA_SECTIONS + " m= lines");
    }
    List<String> words = Grammar.words(value);
    if (words.size() < 3) {
      throw new InvalidValueException("m= is not a kind, a port, a protocol and formats");
    }
    section =
        new Section(
            new MediaDescription(
                words.get(0),
                Grammar.integer("port", words.get(1), 0, 65535),
                words.get(2),
                words.subList(3, words.size()),
                List.of(),
                List.of(),
                List.of()));
  }

  private void acceptAttribute(Attribute attribute) {
    if (attribute.isNamed("candidate") && ++candidates > Limits.CANDIDATES) {
      throw new InvalidValueException(
          "there are more than " + Limits.CANDIDATES + " candidates in a section");
    }
    if (section == null) {
      attributes.add(attribute);
      return;
    }
    String value = attribute.value();
    if (attribute.isNamed("mid") && value != null) {
      if (hasMid) {
        throw new InvalidValueException("the section has a mid already");
      }
      if (!mids.add(value)) {
        throw new InvalidValueException("another section has the mid " + Grammar.quoted(value));
      }
      hasMid = true;
    }
    section.attributes().add(attribute);
  }

  private void acceptField(Field field) {
    if (section == null) {
      SessionDescription.checkField(field);
      fields.add(field);
    } else {
      MediaDescription.checkField(field);
      section.fields().add(field);
    }
  }

  private void endSection() {
    if (section != null) {
      media.add(section.end());
      section = null;
    }
    candidates = 0;
    hasMid = false;
  }
}
