package io.wishbone.webrtc.sdp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts a section together, line by line; the lines come out in the order of the calls. Every value
/// is checked where it is given, so that nothing a stranger chose can begin a line of its own.
public final class MediaDescriptionBuilder {
  private final String kindText;
  private final int port;
  private final String protocol;
  private final List<String> formats = new ArrayList<>();
  private final List<Attribute> attributes = new ArrayList<>();
  private Field connection = Field.connection("0.0.0.0");

  MediaDescriptionBuilder(String kindText, int port, String protocol) {
    this.kindText = kindText;
    this.port = port;
    this.protocol = protocol;
  }

  /// `c=`, an IP address.
  public MediaDescriptionBuilder connection(String address) {
    connection = Field.connection(address);
    return this;
  }

  /// One more format in the `m=` line.
  public MediaDescriptionBuilder format(String format) {
    formats.add(format);
    return this;
  }

  /// One more payload type in the `m=` line, and what it stands for.
  public MediaDescriptionBuilder rtpMap(RtpMap map) {
    formats.add(Integer.toString(map.payloadType()));
    return with(map);
  }

  /// `a=fmtp`; nothing when there are no parameters.
  public MediaDescriptionBuilder fmtp(int payloadType, FormatParameters parameters) {
    return parameters.isEmpty() ? this : with("fmtp", payloadType + " " + parameters.text());
  }

  public MediaDescriptionBuilder mid(String mid) {
    return with("mid", mid);
  }

  /// `a=ice-ufrag` and `a=ice-pwd`.
  public MediaDescriptionBuilder iceCredentials(IceCredentials credentials) {
    attributes.addAll(credentials.attributes());
    return this;
  }

  /// Any attribute that has a type: a [Direction], a [Fingerprint], an [IceCandidate] …
  public MediaDescriptionBuilder with(AttributeValue value) {
    return with(value.attribute());
  }

  /// `a=<name>:<value>`, or `a=<name>` for a value of `null`.
  public MediaDescriptionBuilder with(String name, @Nullable String value) {
    return with(new Attribute(name, value));
  }

  public MediaDescriptionBuilder with(Attribute attribute) {
    attributes.add(attribute);
    return this;
  }

  /// `a=<name>`: `rtcp-mux`, `rtcp-mux-only`, `rtcp-rsize`, `end-of-candidates` …
  public MediaDescriptionBuilder flag(String name) {
    return with(Attribute.flag(name));
  }

  public MediaDescription build() {
    return new MediaDescription(
        kindText, port, protocol, formats, List.of(connection), attributes, List.of());
  }
}
