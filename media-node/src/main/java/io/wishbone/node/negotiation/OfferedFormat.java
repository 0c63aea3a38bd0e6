package io.wishbone.node.negotiation;

import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.payload.RedFormat;
import io.wishbone.webrtc.sdp.FormatParameters;
import io.wishbone.webrtc.sdp.MediaDescription;
import io.wishbone.webrtc.sdp.RtpMap;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A payload type of an offer whose codec is known here.
///
/// @param map the payload type and how the offer spells its codec
/// @param parameters what `a=fmtp` says of it
/// @param rtx the payload type of its retransmissions (RFC 4588), null without
/// @param red the payload type under which it comes with copies of what was sent before (RFC 2198),
///   null without
public record OfferedFormat(
    Codec codec,
    RtpMap map,
    FormatParameters parameters,
    @Nullable RtpMap rtx,
    @Nullable RtpMap red) {

  private static final Pattern PROFILE_LEVEL_ID = Pattern.compile("[0-9A-Fa-f]{6}");

  /// A format that comes without copies.
  public OfferedFormat(Codec codec, RtpMap map, FormatParameters parameters, @Nullable RtpMap rtx) {
    this(codec, map, parameters, rtx, null);
  }

  public int payloadType() {
    return map.payloadType();
  }

  /// Whether its media come under this payload type, with copies or without.
  public boolean isMedia(int payloadType) {
    return payloadType == payloadType() || red != null && red.payloadType() == payloadType;
  }

  /// How it comes with copies, null when it does not.
  public @Nullable RedFormat redundancy() {
    return red == null ? null : new RedFormat(red.payloadType(), payloadType());
  }

  /// What `a=fmtp` says of RED: this format, and one copy of it.
  public FormatParameters redParameters() {
    return new FormatParameters(payloadType() + "/" + payloadType());
  }

  /// Whether this is the payload type of its retransmissions.
  public boolean isRetransmission(int payloadType) {
    return rtx != null && rtx.payloadType() == payloadType;
  }

  /// The known formats of a section, in its order.
  static List<OfferedFormat> of(MediaDescription section) {
    List<RtpMap> maps = section.rtpMaps();
    List<OfferedFormat> formats = new ArrayList<>();
    for (RtpMap map : maps) {
      Codec codec = codec(map);
      if (codec == null) {
        continue;
      }
      var format =
          new OfferedFormat(
              codec,
              map,
              parameters(codec, section.fmtp(map.payloadType())),
              retransmission(section, maps, map.payloadType()),
              codec == Codec.OPUS ? redundancy(section, maps, map) : null);
      if (format.isForwardable()) {
        formats.add(format);
      }
    }
    return formats;
  }

  /// Parameters that are said twice, and H.264 parameters that make no sense, are left out: answers
  /// repeat the others.
  private static FormatParameters parameters(Codec codec, FormatParameters offered) {
    FormatParameters parameters = offered.distinct();
    if (codec == Codec.H264) {
      String profile = parameters.value("profile-level-id");
      if (profile != null && !PROFILE_LEVEL_ID.matcher(profile).matches()) {
        parameters = parameters.without("profile-level-id");
      }
      if (parameters.number("packetization-mode", -1) < 0) {
        parameters = parameters.without("packetization-mode");
      }
    }
    return parameters;
  }

  /// H.264 comes in packetization modes 0 and 1; the interleaved mode 2 is nobody's.
  private boolean isForwardable() {
    return codec != Codec.H264 || parameters.number("packetization-mode", 0) <= 1;
  }

  private static @Nullable Codec codec(RtpMap map) {
    Codec codec = Codec.named(map.encodingName());
    return codec != null && codec.clockRate() == map.clockRate() ? codec : null;
  }

  /// RED of this format alone, however many copies there may be.
  private static @Nullable RtpMap redundancy(
      MediaDescription section, List<RtpMap> maps, RtpMap of) {
    String payloadType = Integer.toString(of.payloadType());
    for (RtpMap map : maps) {
      if (map.isEncoding("red") && map.clockRate() == of.clockRate()) {
        List<String> blocks = List.of(section.fmtp(map.payloadType()).text().split("/"));
        if (blocks.stream().allMatch(payloadType::equals)) {
          return map;
        }
      }
    }
    return null;
  }

  private static @Nullable RtpMap retransmission(
      MediaDescription section, List<RtpMap> maps, int payloadType) {
    for (RtpMap map : maps) {
      if (map.isEncoding("rtx")
          && section.fmtp(map.payloadType()).number("apt", -1) == payloadType) {
        return map;
      }
    }
    return null;
  }
}
