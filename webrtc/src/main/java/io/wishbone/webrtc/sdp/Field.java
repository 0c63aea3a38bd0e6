package io.wishbone.webrtc.sdp;

/// A line other than an attribute, `<type>=<value>`, kept as it came: `c=`, `b=`, `t=` and the
/// like.
public record Field(char type, String value) {
  public Field {
    if (type < 'a' || type > 'z') {
      throw new InvalidValueException("a line's type is not a small letter");
    }
    Grammar.text(type + "=", value);
    if (value.length() + 2 > Limits.LINE_LENGTH) {
      throw new InvalidValueException(type + "= is longer than a line may be");
    }
  }

  /// `c=` for one unicast address, RFC 8866 section 5.7.
  public static Field connection(String address) {
    Grammar.word("address", address);
    return new Field('c', "IN " + (address.indexOf(':') < 0 ? "IP4 " : "IP6 ") + address);
  }

  /// The line without its end.
  @Override
  public String toString() {
    return type + "=" + value;
  }
}
