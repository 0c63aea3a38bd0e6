package io.wishbone.node.negotiation;

import io.wishbone.webrtc.payload.Codec;
import java.util.Comparator;
import java.util.List;

/// Which codec a publisher is asked for when it offers several.
///
/// @param order the codecs, best first; those that are not named come after them. Empty leaves the
///   choice to the publisher
public record CodecPreferences(List<Codec> order) {
  /// The publisher's own order.
  public static final CodecPreferences NONE = new CodecPreferences(List.of());

  public CodecPreferences {
    order = List.copyOf(order);
  }

  /// Sorts formats, best first. Of several H.264 formats, those that allow fragments (packetization
  /// mode 1) come first: without them a picture has to be cut into slices of a packet each.
  List<OfferedFormat> sort(List<OfferedFormat> formats) {
    return formats.stream()
        .sorted(
            Comparator.comparingInt((OfferedFormat format) -> rank(format.codec()))
                .thenComparingInt(format -> positionOfCodec(formats, format.codec()))
                .thenComparingInt(CodecPreferences::packetization))
        .toList();
  }

  private int rank(Codec codec) {
    int position = order.indexOf(codec);
    return position < 0 ? order.size() : position;
  }

  private static int positionOfCodec(List<OfferedFormat> formats, Codec codec) {
    for (int i = 0; i < formats.size(); i++) {
      if (formats.get(i).codec() == codec) {
        return i;
      }
    }
    return formats.size();
  }

  private static int packetization(OfferedFormat format) {
    return format.codec() == Codec.H264 && format.parameters().number("packetization-mode", 0) == 0
        ? 1
        : 0;
  }
}
