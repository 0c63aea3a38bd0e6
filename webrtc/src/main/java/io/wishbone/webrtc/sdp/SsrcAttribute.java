package io.wishbone.webrtc.sdp;

import org.jspecify.annotations.Nullable;

/// `a=ssrc:<ssrc> <name>[:<value>]`, RFC 5576 section 4.1: one thing said of one RTP source.
public record SsrcAttribute(long ssrc, String name, @Nullable String value)
    implements AttributeValue {

  public SsrcAttribute {
    Grammar.inRange("SSRC", ssrc, 0, 0xffff_ffffL);
    Grammar.token("SSRC attribute", name, 64);
    if (value != null) {
      Grammar.text("SSRC attribute", value);
    }
  }

  /// `cname`, without which RTP sources are not announced.
  public static SsrcAttribute cname(long ssrc, String cname) {
    return new SsrcAttribute(ssrc, "cname", cname);
  }

  static SsrcAttribute parse(String value) {
    int space = value.indexOf(' ');
    if (space < 0) {
      throw new InvalidValueException("a=ssrc says nothing of its SSRC");
    }
    long ssrc = Grammar.ssrc(value.substring(0, space));
    String said = value.substring(space + 1).stripLeading();
    int colon = said.indexOf(':');
    return colon < 0
        ? new SsrcAttribute(ssrc, said, null)
        : new SsrcAttribute(ssrc, said.substring(0, colon), said.substring(colon + 1));
  }

  /// The stream and track of the source, where this says so and they can be made sense of.
  @Nullable Msid msid() {
    return name.equals("msid") && value != null ? Msid.parse(value) : null;
  }

  @Override
  public Attribute attribute() {
    String said = ssrc + " " + name;
    return new Attribute("ssrc", value == null ? said : said + ":" + value);
  }
}
