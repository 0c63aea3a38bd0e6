package io.wishbone.signaling.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The media types of the two protocols.
public final class ContentTypes {

  public static final String SDP = "application/sdp";
  public static final String FRAGMENT = "application/trickle-ice-sdpfrag";

  public static final String JSON = "application/json";
  public static final String EVENT_STREAM = "text/event-stream";

  private ContentTypes() {}

  /// Whether the Content-Type is this media type. Parameters such as `charset` are ignored: stacks
  /// add them on their own.
  public static boolean matches(@Nullable String contentType, String mediaType) {
    if (contentType == null) {
      return false;
    }
    int parameters = contentType.indexOf(';');
    String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
    return type.strip().toLowerCase(Locale.ROOT).equals(mediaType);
  }
}
