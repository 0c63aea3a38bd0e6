package io.wishbone.webrtc.sdp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// `a=rtcp-fb:<payload type> <type> [<parameter>]`, RFC 4585 section 4.2: `nack`, `nack pli`, `ccm
/// fir`, `transport-cc`, `goog-remb`.
///
/// @param payloadType [#EVERY_PAYLOAD_TYPE] for `*`
public record RtcpFeedback(int payloadType, String type, @Nullable String parameter)
    implements AttributeValue {
  public static final int EVERY_PAYLOAD_TYPE = -1;

  public RtcpFeedback {
    Grammar.inRange("payload type", payloadType, EVERY_PAYLOAD_TYPE, 127);
    Grammar.word("RTCP feedback type", type);
    if (parameter != null) {
      Grammar.text("RTCP feedback parameter", parameter);
    }
  }

  static RtcpFeedback parse(String value) {
    List<String> words = Grammar.words(value);
    if (words.size() < 2) {
      throw new InvalidValueException("a=rtcp-fb is not a payload type and a feedback type");
    }
    String format = words.getFirst();
    return new RtcpFeedback(
        format.equals("*") ? EVERY_PAYLOAD_TYPE : Grammar.payloadType(format),
        words.get(1),
        words.size() == 2 ? null : String.join(" ", words.subList(2, words.size())));
  }

  /// Whether it is this one, whatever the payload type: `is("nack", "pli")`, `is("nack", null)`.
  public boolean is(String type, @Nullable String parameter) {
    return this.type.equals(type)
        && (parameter == null ? this.parameter == null : parameter.equals(this.parameter));
  }

  /// The same feedback for another payload type.
  public RtcpFeedback on(int payloadType) {
    return new RtcpFeedback(payloadType, type, parameter);
  }

  @Override
  public Attribute attribute() {
    String format = payloadType == EVERY_PAYLOAD_TYPE ? "*" : Integer.toString(payloadType);
    String feedback = format + " " + type;
    return new Attribute("rtcp-fb", parameter == null ? feedback : feedback + " " + parameter);
  }
}
