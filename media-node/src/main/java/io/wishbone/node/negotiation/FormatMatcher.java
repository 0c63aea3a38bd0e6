package io.wishbone.node.negotiation;

import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.sdp.FormatParameters;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Finds the format of a viewer's offer that a stream is sent in.
///
/// | codec | a viewer can play the stream when |
/// |---|---|
/// | H.264 | it takes packets in fragments (packetization mode 1), or the stream has none |
/// | VP9, AV1, H.265 | it has the stream's profile, which says bit depth and chroma |
/// | others | always |
///
/// H.264's profile only ranks: publishers announce profiles that they do not send (OBS says 42e01f
/// whatever the encoder makes), and viewers decode more than they announce.
public final class FormatMatcher {
  /// What H.265 is without `profile-id` (RFC 7798 section 7.1).
  private static final int H265_MAIN = 1;

  private FormatMatcher() {}

  /// The best format for the source's, null when none is.
  static @Nullable OfferedFormat best(List<OfferedFormat> offered, OfferedFormat source) {
    return offered.stream()
        .filter(format -> format.codec() == source.codec())
        .filter(format -> isPlayable(format.codec(), format.parameters(), source.parameters()))
        .min(Comparator.comparingInt(format -> distance(format, source)))
        .orElse(null);
  }

  /// Whether a viewer that was agreed on `viewer` with can play what is sent as `source` says.
  public static boolean isPlayable(Codec codec, FormatParameters viewer, FormatParameters source) {
    return switch (codec) {
      case H264 -> viewer.number("packetization-mode", 0) >= source.number("packetization-mode", 0);
      case VP9 -> isSame("profile-id", 0, viewer, source);
      case AV1 -> isSame("profile", 0, viewer, source);
      case H265 -> isSame("profile-id", H265_MAIN, viewer, source);
      case OPUS, PCMU, PCMA, G722, VP8 -> true;
    };
  }

  private static int distance(OfferedFormat format, OfferedFormat source) {
    return source.codec() == Codec.H264
        ? h264Distance(format.parameters(), source.parameters())
        : 0;
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

  private static boolean isSame(
      String parameter, int otherwise, FormatParameters viewer, FormatParameters source) {
    return viewer.number(parameter, otherwise) == source.number(parameter, otherwise);
  }
}
