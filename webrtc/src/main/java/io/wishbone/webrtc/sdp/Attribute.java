package io.wishbone.webrtc.sdp;

import org.jspecify.annotations.Nullable;

/// `a=<name>` or `a=<name>:<value>`, RFC 8866 section 5.13.
///
/// Whatever the name, the value keeps to its line. An attribute that [MediaDescription] reads as a
/// type is checked here once, so that reading it later cannot fail.
public record Attribute(String name, @Nullable String value) {
  public Attribute {
    Grammar.token("attribute name", name, Limits.LINE_LENGTH);
    if (value != null) {
      Grammar.text("a=" + name, value);
      if (name.length() + value.length() + 3 > Limits.LINE_LENGTH) {
        throw new InvalidValueException("a=" + name + " is longer than a line may be");
      }
    }
    check(name, value);
  }

  /// An attribute without a value, such as `a=rtcp-mux`.
  public static Attribute flag(String name) {
    return new Attribute(name, null);
  }

  /// From what follows `a=`.
  static Attribute parse(String text) {
    int colon = text.indexOf(':');
    return colon < 0
        ? new Attribute(text, null)
        : new Attribute(text.substring(0, colon), text.substring(colon + 1));
  }

  boolean isNamed(String name) {
    return this.name.equals(name);
  }

  boolean says(String name, String prefix) {
    return value != null && value.startsWith(prefix) && isNamed(name);
  }

  /// The line without its end.
  @Override
  public String toString() {
    return value == null ? "a=" + name : "a=" + name + ":" + value;
  }

  /// `msid`, `rid` and `simulcast` are absent: a line that makes no sense is ignored.
  private static void check(String name, @Nullable String value) {
    switch (name) {
      case "candidate" -> IceCandidate.parse(Grammar.required(name, value));
      case "extmap" -> ExtensionMap.parse(Grammar.required(name, value));
      case "fingerprint" -> Fingerprint.parse(Grammar.required(name, value));
      case "fmtp" -> checkFormat(Grammar.required(name, value));
      case "group" -> MediaGroup.parse(Grammar.required(name, value));
      case "ice-pwd" -> IceCredentials.checkPassword(Grammar.required(name, value));
      case "ice-ufrag" -> IceCredentials.checkUsernameFragment(Grammar.required(name, value));
      case "mid" -> Grammar.token("mid", Grammar.required(name, value), Limits.MID_LENGTH);
      case "rtcp-fb" -> RtcpFeedback.parse(Grammar.required(name, value));
      case "rtpmap" -> RtpMap.parse(Grammar.required(name, value));
      case "setup" -> SetupRole.parse(Grammar.required(name, value));
      case "ssrc" -> SsrcAttribute.parse(Grammar.required(name, value));
      case "ssrc-group" -> SsrcGroup.parse(Grammar.required(name, value));
      default -> {}
    }
  }

  /// `a=fmtp` also serves formats that are no payload types.
  private static void checkFormat(String value) {
    int space = value.indexOf(' ');
    String format = space < 0 ? value : value.substring(0, space);
    if (!format.isEmpty() && Character.isDigit(format.charAt(0))) {
      Grammar.payloadType(format);
    } else {
      Grammar.token("format", format, Limits.LINE_LENGTH);
    }
  }
}
