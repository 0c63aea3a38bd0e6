package io.wishbone.webrtc.sdp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// `a=rtpmap:<payload type> <encoding name>/<clock rate>[/<channels>]`, RFC 8866 section 6.6.
///
/// @param channels 1 when not said
public record RtpMap(int payloadType, String encodingName, int clockRate, int channels)
    implements AttributeValue {

  public RtpMap {
    Grammar.inRange("payload type", payloadType, 0, 127);
    Grammar.token("encoding name", encodingName, 64);
    Grammar.inRange("clock rate", clockRate, 1, Integer.MAX_VALUE);
    Grammar.inRange("number of channels", channels, 1, 255);
  }

  static RtpMap parse(String value) {
    List<String> words = Grammar.words(value);
    if (words.size() != 2) {
      throw new InvalidValueException("a=rtpmap is not a payload type and an encoding");
    }
    List<String> parts = Grammar.parts(words.get(1), '/');
    if (parts.size() < 2 || parts.size() > 3) {
      throw new InvalidValueException("a=rtpmap lacks a clock rate");
    }
    return new RtpMap(
        Grammar.payloadType(words.get(0)),
        parts.get(0),
        Grammar.integer("clock rate", parts.get(1), 1, Integer.MAX_VALUE),
        parts.size() == 3 ? Grammar.integer("number of channels", parts.get(2), 1, 255) : 1);
  }

  /// The payload types that mean a codec of use without a word said (RFC 3551 section 6).
  static @Nullable RtpMap ofStaticType(int payloadType) {
    return switch (payloadType) {
      case 0 -> new RtpMap(0, "PCMU", 8000, 1);
      case 8 -> new RtpMap(8, "PCMA", 8000, 1);
      case 9 -> new RtpMap(9, "G722", 8000, 1);
      default -> null;
    };
  }

  /// Encoding names do not heed case: GStreamer writes `OPUS`.
  public boolean isEncoding(String name) {
    return encodingName.equalsIgnoreCase(name);
  }

  @Override
  public Attribute attribute() {
    String encoding = payloadType + " " + encodingName + "/" + clockRate;
    return new Attribute("rtpmap", channels == 1 ? encoding : encoding + "/" + channels);
  }
}
