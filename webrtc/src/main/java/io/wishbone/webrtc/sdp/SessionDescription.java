package io.wishbone.webrtc.sdp;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An SDP offer or answer, RFC 8866. Immutable; lines that nobody here understands are kept.
///
/// @param name `s=`
/// @param fields the other lines at session level that are no attributes, `t=` and `c=` among them
/// @param attributes the attributes at session level
public record SessionDescription(
    Origin origin,
    String name,
    List<Field> fields,
    List<Attribute> attributes,
    List<MediaDescription> media) {

  private static final String FIELD_TYPES = "iuepcbtrzk";

  public SessionDescription {
    Grammar.text("s=", name);
    fields = List.copyOf(fields);
    attributes = List.copyOf(attributes);
    List<Attribute> session = attributes;
    media = media.stream().map(section -> section.inheriting(session)).toList();
    fields.forEach(SessionDescription::checkField);
    if (fields.stream().noneMatch(field -> field.type() == 't')) {
      throw new InvalidValueException("t= is missing");
    }
    if (media.size() > Limits.MEDIA_SECTIONS) {
      throw new InvalidValueException("there are more than " + Limits.MEDIA_SECTIONS + " m= lines");
    }
    checkMids(media);
  }

  /// A description as WebRTC writes them: `s=-` and `t=0 0`.
  public static SessionDescription of(
      Origin origin, List<Attribute> attributes, List<MediaDescription> media) {
    return new SessionDescription(origin, "-", List.of(new Field('t', "0 0")), attributes, media);
  }

  /// Reads a description; lines may end in CRLF or LF.
  ///
  /// @throws SdpParseException when it is none, or breaks a limit
  public static SessionDescription parse(String text) throws SdpParseException {
    return new DescriptionReader().read(text);
  }

  /// The groups of sections. One that names a section which is not there counts as absent (RFC 5888
  /// section 6; FFmpeg 8 writes `BUNDLE 0 1` even when it has one section only).
  public List<MediaGroup> groups() {
    Set<String> mids = new HashSet<>();
    for (MediaDescription section : media) {
      String mid = section.mid();
      if (mid != null) {
        mids.add(mid);
      }
    }
    return attributes.stream()
        .filter(attribute -> attribute.isNamed("group"))
        .map(attribute -> MediaGroup.parse(Grammar.required("group", attribute.value())))
        .filter(group -> mids.containsAll(group.mids()))
        .toList();
  }

  /// The first BUNDLE group.
  public @Nullable MediaGroup bundle() {
    return groups().stream().filter(MediaGroup::isBundle).findFirst().orElse(null);
  }

  /// The section of that mid.
  public @Nullable MediaDescription media(String mid) {
    return media.stream().filter(section -> mid.equals(section.mid())).findFirst().orElse(null);
  }

  /// The number of a section's `m=` line in the text that was read: none of its lines is lost or
  /// moved to another section.
  public int line(MediaDescription section) {
    // v=, o= and s= come first.
    int line = 3 + fields.size() + attributes.size() + 1;
    for (MediaDescription before : media) {
      if (before.equals(section)) {
        break;
      }
      line += 1 + before.fields().size() + before.attributes().size();
    }
    return line;
  }

  public boolean iceLite() {
    return attributes.stream().anyMatch(attribute -> attribute.isNamed("ice-lite"));
  }

  /// The description as text, each line ended by CRLF.
  public String write() {
    StringBuilder text = new StringBuilder(4096);
    text.append("v=0\r\n").append(origin).append("\r\ns=").append(name).append("\r\n");
    fields.forEach(field -> text.append(field).append("\r\n"));
    attributes.forEach(attribute -> text.append(attribute).append("\r\n"));
    media.forEach(section -> section.write(text));
    return text.toString();
  }

  /// Same as [#write].
  @Override
  public String toString() {
    return write();
  }

  private static void checkMids(List<MediaDescription> media) {
    Set<String> mids = new HashSet<>();
    for (MediaDescription section : media) {
      String mid = section.mid();
      if (mid != null && !mids.add(mid)) {
        throw new InvalidValueException("two sections have the mid " + Grammar.quoted(mid));
      }
    }
  }

  static void checkField(Field field) {
    if (FIELD_TYPES.indexOf(field.type()) < 0) {
      throw new InvalidValueException(field.type() + "= may not stand at session level");
    }
  }
}
