package io.wishbone.webrtc.sdp;

import java.util.ArrayList;
import java.util.List;

/// `a=rid:<id> send|recv [pt=<payload types>;<restriction>=<value>;…]`, RFC 8851: one encoding of a
/// section, by the name that its packets carry.
///
/// @param payloadTypes the formats that it may have; empty means all of the section's
/// @param restrictions the rest, such as `max-width=1280`
public record RidDescription(
    String id, RidDirection direction, List<Integer> payloadTypes, FormatParameters restrictions)
    implements AttributeValue {

  public RidDescription {
    checkId(id);
    payloadTypes = List.copyOf(payloadTypes);
    for (int payloadType : payloadTypes) {
      Grammar.inRange("payload type", payloadType, 0, 127);
    }
  }

  public RidDescription(String id, RidDirection direction) {
    this(id, direction, List.of(), FormatParameters.NONE);
  }

  static RidDescription parse(String value) {
    List<String> words = Grammar.words(value);
    if (words.size() < 2) {
      throw new InvalidValueException("a=rid is not an id and a direction");
    }
    RidDirection direction = RidDirection.named(words.get(1));
    if (direction == null) {
      throw new InvalidValueException("a=rid is neither send nor recv");
    }
    List<Integer> payloadTypes = new ArrayList<>();
    List<String> restrictions = new ArrayList<>();
    for (String part : Grammar.parts(String.join(" ", words.subList(2, words.size())), ';')) {
      String restriction = part.strip();
      if (restriction.startsWith("pt=")) {
        for (String payloadType : Grammar.parts(restriction.substring(3), ',')) {
          payloadTypes.add(Grammar.payloadType(payloadType));
        }
      } else if (!restriction.isEmpty()) {
        restrictions.add(restriction);
      }
    }
    return new RidDescription(
        words.getFirst(),
        direction,
        payloadTypes,
        new FormatParameters(String.join(";", restrictions)));
  }

  @Override
  public Attribute attribute() {
    List<String> parts = new ArrayList<>();
    if (!payloadTypes.isEmpty()) {
      parts.add("pt=" + String.join(",", payloadTypes.stream().map(String::valueOf).toList()));
    }
    if (!restrictions.isEmpty()) {
      parts.add(restrictions.text());
    }
    String value = id + " " + direction.text();
    return new Attribute("rid", parts.isEmpty() ? value : value + " " + String.join(";", parts));
  }

  /// `1*(alpha-numeric / "-" / "_")`, and no longer than an RTP header extension can carry.
  static void checkId(String id) {
    if (!id.matches("[A-Za-z0-9_-]{1,255}")) {
      throw new InvalidValueException("rid is not letters, digits, '-' and '_'");
    }
  }
}
