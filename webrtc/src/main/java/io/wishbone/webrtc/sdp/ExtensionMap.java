package io.wishbone.webrtc.sdp;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// `a=extmap:<id>[/<direction>] <uri> [<attributes>]`, RFC 8285 section 5. Ids from 4096 are the
/// offerer's way to list more than can be used.
///
/// @param direction `null` when not said: both ways
public record ExtensionMap(
    int id, @Nullable Direction direction, String uri, @Nullable String attributes)
    implements AttributeValue {

  public ExtensionMap {
    if (id < 1 || (id > 255 && id < 4096) || id > 4351) {
      throw new InvalidValueException("header extension id " + id + " is not from 1 to 255");
    }
    Grammar.word("header extension URI", uri);
    if (attributes != null) {
      Grammar.text("header extension attributes", attributes);
    }
  }

  public ExtensionMap(int id, @Nullable Direction direction, String uri) {
    this(id, direction, uri, null);
  }

  /// An extension that may be used both ways.
  public ExtensionMap(int id, String uri) {
    this(id, null, uri, null);
  }

  static ExtensionMap parse(String value) {
    List<String> words = Grammar.words(value);
    if (words.size() < 2) {
      throw new InvalidValueException("a=extmap is not an id and a URI");
    }
    List<String> parts = Grammar.parts(words.getFirst(), '/');
    Direction direction = null;
    if (parts.size() > 1) {
      direction = Direction.named(parts.get(1));
      if (direction == null || parts.size() > 2) {
        throw new InvalidValueException("a=extmap has an unknown direction");
      }
    }
    return new ExtensionMap(
        Grammar.integer("header extension id", parts.getFirst(), 1, 4351),
        direction,
        words.get(1),
        words.size() == 2 ? null : String.join(" ", words.subList(2, words.size())));
  }

  @Override
  public Attribute attribute() {
    StringBuilder value = new StringBuilder().append(id);
    if (direction != null) {
      value.append('/').append(direction.name().toLowerCase(Locale.ROOT));
    }
    value.append(' ').append(uri);
    if (attributes != null) {
      value.append(' ').append(attributes);
    }
    return new Attribute("extmap", value.toString());
  }
}
