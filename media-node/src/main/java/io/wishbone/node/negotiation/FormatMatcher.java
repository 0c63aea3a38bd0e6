package io.wishbone.node.negotiation;

import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.sdp.FormatParameters;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Finds the format of a viewer's offer that a stream is sent in.
///
/// H.264 is matched tolerantly: publishers announce profiles that they do not send (OBS says 42e01f
/// whatever the encoder makes), and viewers decode more than they announce. VP9's profile is a bit
/// depth, which a decoder either has or not.
final class FormatMatcher {
  private FormatMatcher() {}

  /// The best format for the source's, null when none is.
  static @Nullable OfferedFormat best(List<OfferedFormat> offered, OfferedFormat source) {
    return offered.stream()
        .filter(format -> format.codec() == source.codec())
        .filter(format -> isPlayable(format, source))
        .min(Comparator.comparingInt(format -> distance(format, source)))
        .orElse(null);
  }

  private static boolean isPlayable(OfferedFormat format, OfferedFormat source) {
    return source.codec() != Codec.VP9
        || number(format, "profile-id") == number(source, "profile-id");
  }

  private static int distance(OfferedFormat format, OfferedFormat source) {
    return switch (source.codec()) {
      case H264 -> h264Distance(format.parameters(), source.parameters());
      case AV1 -> number(format, "profile") == number(source, "profile") ? 0 : 1;
      case H265 -> number(format, "profile-id") == number(source, "profile-id") ? 0 : 1;
      case OPUS, PCMU, PCMA, G722, VP8, VP9 -> 0;
    };
  }

  private static int h264Distance(FormatParameters format, FormatParameters source) {
    boolean sameMode =
        format.number("packetization-mode", 0) == source.number("packetization-mode", 0);
    boolean sameProfile = h264Profile(format).equals(h264Profile(source));
    return (sameMode ? 0 : 2) + (sameProfile ? 0 : 1);
  }

  /// profile_idc and constraint flags of `profile-level-id`; Baseline when it is absent (RFC 6184
  /// section 8.1).
  private static String h264Profile(FormatParameters parameters) {
    String id = parameters.value("profile-level-id");
    return id == null || id.length() < 4 ? "4200" : id.substring(0, 4).toLowerCase(Locale.ROOT);
  }

  private static int number(OfferedFormat format, String parameter) {
    return format.parameters().number(parameter, 0);
  }
}
