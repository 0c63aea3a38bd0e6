package io.wishbone.webrtc.sdp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One `m=` line and what follows it, up to the next (RFC 8866 section 5.14).
///
/// The accessors read the attributes anew each time, which costs a walk over them: ask once while
/// negotiating, not once a packet. Where the RFCs say that an attribute may stand at session level
/// (ICE, DTLS, direction, header extensions), a section that is silent speaks for the session.
///
/// @param kindText the first word of the line
/// @param port 0 in a section that is rejected, or that [#bundleOnly] keeps from having its own
/// @param formats payload types for RTP, in the order of preference; else anything
/// @param fields the lines that are no attributes, `i=`, `c=`, `b=`
/// @param inherited the attributes at session level; [SessionDescription] fills them in
public record MediaDescription(
    String kindText,
    int port,
    String protocol,
    List<String> formats,
    List<Field> fields,
    List<Attribute> attributes,
    List<Attribute> inherited) {

  private static final String FIELD_TYPES = "icbk";

  public MediaDescription {
    Grammar.token("media", kindText, 32);
    Grammar.inRange("port", port, 0, 65535);
    if (protocol.length() > 64) {
      throw new InvalidValueException("protocol is longer than 64 characters");
    }
    for (String part : Grammar.parts(protocol, '/')) {
      Grammar.token("protocol", part, 64);
    }
    formats = List.copyOf(formats);
    fields = List.copyOf(fields);
    attributes = List.copyOf(attributes);
    inherited = List.copyOf(inherited);
    checkFormats(port, protocol, formats);
    fields.forEach(MediaDescription::checkField);
  }

  /// A builder for a section with this `m=` line, `c=IN IP4 0.0.0.0` behind it.
  public static MediaDescriptionBuilder builder(String kindText, int port, String protocol) {
    return new MediaDescriptionBuilder(kindText, port, protocol);
  }

  /// The answer to this section that rejects it: port 0, its formats, its mid and nothing else (RFC
  /// 3264 section 6).
  public MediaDescription rejection() {
    MediaDescriptionBuilder builder = builder(kindText, 0, protocol);
    formats.forEach(builder::format);
    String mid = mid();
    return (mid == null ? builder : builder.mid(mid)).build();
  }

  public MediaKind kind() {
    return MediaKind.of(kindText);
  }

  /// Whether the formats are payload types.
  public boolean isRtp() {
    return isRtp(protocol);
  }

  /// Port 0 rejects a section, unless it shares another's port (RFC 9143 section 6).
  public boolean isRejected() {
    return port == 0 && !bundleOnly();
  }

  public @Nullable String mid() {
    return value("mid");
  }

  public boolean bundleOnly() {
    return has("bundle-only");
  }

  public boolean rtcpMux() {
    return has("rtcp-mux");
  }

  public boolean rtcpMuxOnly() {
    return has("rtcp-mux-only");
  }

  public boolean rtcpReducedSize() {
    return has("rtcp-rsize");
  }

  public boolean endOfCandidates() {
    return !effective("end-of-candidates").isEmpty();
  }

  /// Whether one- and two-byte header extensions may alternate (RFC 8285 section 6).
  public boolean extmapAllowMixed() {
    return !effective("extmap-allow-mixed").isEmpty();
  }

  /// Both ways when nothing is said (RFC 8866 section 6.7).
  public Direction direction() {
    Direction direction = firstDirection(attributes);
    if (direction == null) {
      direction = firstDirection(inherited);
    }
    return direction == null ? Direction.SENDRECV : direction;
  }

  /// The payload types of the `m=` line, each once, in its order; empty unless the section is RTP.
  public List<Integer> payloadTypes() {
    Set<Integer> types = new LinkedHashSet<>();
    if (isRtp()) {
      formats.forEach(format -> types.add(Grammar.payloadType(format)));
    }
    return List.copyOf(types);
  }

  /// The encodings of the `m=` line's payload types, in its order. Those of which nothing is known
  /// are left out.
  public List<RtpMap> rtpMaps() {
    Map<Integer, RtpMap> said = new LinkedHashMap<>();
    for (String value : values("rtpmap")) {
      RtpMap map = RtpMap.parse(value);
      said.putIfAbsent(map.payloadType(), map);
    }
    List<RtpMap> maps = new ArrayList<>();
    for (int payloadType : payloadTypes()) {
      RtpMap map = said.get(payloadType);
      if (map == null) {
        map = RtpMap.ofStaticType(payloadType);
      }
      if (map != null) {
        maps.add(map);
      }
    }
    return maps;
  }

  /// The encoding of one payload type.
  public @Nullable RtpMap rtpMap(int payloadType) {
    for (RtpMap map : rtpMaps()) {
      if (map.payloadType() == payloadType) {
        return map;
      }
    }
    return null;
  }

  /// What `a=fmtp` says of a payload type. There is one line at most for each (RFC 8866 section
  /// 6.15).
  public FormatParameters fmtp(int payloadType) {
    String prefix = payloadType + " ";
    for (Attribute attribute : attributes) {
      if (attribute.says("fmtp", prefix)) {
        String value = Grammar.required("fmtp", attribute.value());
        return new FormatParameters(value.substring(prefix.length()).strip());
      }
    }
    return FormatParameters.NONE;
  }

  /// The feedback that a payload type may have. What is said of `*` holds for it, and comes back
  /// under its number.
  public List<RtcpFeedback> rtcpFeedback(int payloadType) {
    String prefix = payloadType + " ";
    Set<RtcpFeedback> feedback = new LinkedHashSet<>();
    int heeded = 0;
    for (Attribute attribute : attributes) {
      if (attribute.says("rtcp-fb", prefix) || attribute.says("rtcp-fb", "* ")) {
        String value = Grammar.required("rtcp-fb", attribute.value());
        feedback.add(RtcpFeedback.parse(value).on(payloadType));
        if (++heeded == Limits.HEEDED) {
          break;
        }
      }
    }
    return List.copyOf(feedback);
  }

  public List<ExtensionMap> extensionMaps() {
    return effective("extmap").stream().map(ExtensionMap::parse).toList();
  }

  /// The stream and track that the section belongs to; GStreamer says it of the SSRC only.
  public @Nullable Msid msid() {
    for (String value : values("msid")) {
      Msid said = Msid.parse(value);
      if (said != null) {
        return said;
      }
    }
    for (SsrcAttribute attribute : ssrcAttributes()) {
      Msid said = attribute.msid();
      if (said != null) {
        return said;
      }
    }
    return null;
  }

  /// The announced SSRCs, in their order.
  public List<Long> ssrcs() {
    return ssrcAttributes().stream().map(SsrcAttribute::ssrc).distinct().toList();
  }

  public List<SsrcAttribute> ssrcAttributes() {
    return values("ssrc").stream().map(SsrcAttribute::parse).toList();
  }

  public List<SsrcGroup> ssrcGroups() {
    return values("ssrc-group").stream().map(SsrcGroup::parse).toList();
  }

  /// The encodings that have a name. A line that makes no sense is ignored, and so is a second line
  /// for the same name (RFC 8851 section 6).
  public List<RidDescription> rids() {
    Map<String, RidDescription> rids = new LinkedHashMap<>();
    for (String value : values("rid").stream().limit(Limits.HEEDED).toList()) {
      try {
        RidDescription rid = RidDescription.parse(value);
        rids.putIfAbsent(rid.id(), rid);
      } catch (InvalidValueException _) {
        // As if it were not there.
      }
    }
    return List.copyOf(rids.values());
  }

  /// The simulcast that the section is capable of. `null` when there is none, or it cannot be made
  /// sense of: two lines, or rids that are not described (RFC 8853 section 5).
  public @Nullable SimulcastDescription simulcast() {
    List<String> values = values("simulcast");
    if (values.size() != 1) {
      return null;
    }
    try {
      SimulcastDescription simulcast = SimulcastDescription.parse(values.getFirst());
      return simulcast.isDescribedBy(rids()) ? simulcast : null;
    } catch (InvalidValueException _) {
      return null;
    }
  }

  public @Nullable SetupRole setup() {
    List<String> values = effective("setup");
    return values.isEmpty() ? null : SetupRole.parse(values.getFirst());
  }

  /// The certificate's hashes, any of which may be the one that matches (RFC 8122 section 5.1).
  public List<Fingerprint> fingerprints() {
    return effective("fingerprint").stream().map(Fingerprint::parse).distinct().toList();
  }

  /// `null` unless both halves are there.
  public @Nullable IceCredentials iceCredentials() {
    List<String> fragments = effective("ice-ufrag");
    List<String> passwords = effective("ice-pwd");
    return fragments.isEmpty() || passwords.isEmpty()
        ? null
        : new IceCredentials(fragments.getFirst(), passwords.getFirst());
  }

  /// `trickle`, `ice2` …; libdatachannel puts commas between them.
  public List<String> iceOptions() {
    return effective("ice-options").stream()
        .flatMap(value -> Grammar.words(value.replace(',', ' ')).stream())
        .distinct()
        .toList();
  }

  public List<IceCandidate> candidates() {
    return effective("candidate").stream().map(IceCandidate::parse).toList();
  }

  /// Whether the section itself has an attribute of this name.
  public boolean has(String name) {
    return attributes.stream().anyMatch(attribute -> attribute.isNamed(name));
  }

  /// The value of the section's first attribute of this name that has one.
  public @Nullable String value(String name) {
    List<String> values = values(name);
    return values.isEmpty() ? null : values.getFirst();
  }

  /// The section as SDP text, each line ended by CRLF.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    write(text);
    return text.toString();
  }

  MediaDescription inheriting(List<Attribute> session) {
    return new MediaDescription(kindText, port, protocol, formats, fields, attributes, session);
  }

  void write(StringBuilder text) {
    text.append("m=").append(kindText).append(' ').append(port).append(' ').append(protocol);
    formats.forEach(format -> text.append(' ').append(format));
    text.append("\r\n");
    fields.forEach(field -> text.append(field).append("\r\n"));
    attributes.forEach(attribute -> text.append(attribute).append("\r\n"));
  }

  private List<String> values(String name) {
    return values(attributes, name);
  }

  /// The section's own attributes of this name, else the session's. Flags count as empty values.
  private List<String> effective(String name) {
    List<String> own = values(attributes, name);
    return own.isEmpty() ? values(inherited, name) : own;
  }

  private static List<String> values(List<Attribute> attributes, String name) {
    List<String> values = new ArrayList<>();
    for (Attribute attribute : attributes) {
      if (attribute.isNamed(name)) {
        String value = attribute.value();
        values.add(value == null ? "" : value);
      }
    }
    return values;
  }

  private static @Nullable Direction firstDirection(List<Attribute> attributes) {
    for (Attribute attribute : attributes) {
      Direction direction = attribute.value() == null ? Direction.named(attribute.name()) : null;
      if (direction != null) {
        return direction;
      }
    }
    return null;
  }

  private static boolean isRtp(String protocol) {
    return Grammar.parts(protocol, '/').contains("RTP");
  }

  private static void checkFormats(int port, String protocol, List<String> formats) {
    if (formats.isEmpty() && port != 0) {
      throw new InvalidValueException("m= has no format");
    }
    if (formats.size() > Limits.FORMATS) {
      throw new InvalidValueException("m= has more than " + Limits.FORMATS + " formats");
    }
    if (formats.stream().mapToInt(format -> format.length() + 1).sum() > Limits.LINE_LENGTH / 2) {
      throw new InvalidValueException("m= is longer than a line may be");
    }
    boolean isRtp = isRtp(protocol);
    for (String format : formats) {
      if (isRtp) {
        Grammar.payloadType(format);
      } else {
        Grammar.token("format", format, Limits.LINE_LENGTH);
      }
    }
  }

  static void checkField(Field field) {
    if (FIELD_TYPES.indexOf(field.type()) < 0) {
      throw new InvalidValueException(field.type() + "= may not stand in a media section");
    }
  }
}
