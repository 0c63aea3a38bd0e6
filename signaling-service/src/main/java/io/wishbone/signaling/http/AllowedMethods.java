package io.wishbone.signaling.http;

import java.util.regex.Pattern;

/// The methods of the resources, as `Allow` lists them (RFC 9110 section 10.2.1).
public final class AllowedMethods {

  public static final String ENDPOINT = "GET, HEAD, POST, OPTIONS";
  public static final String SESSION = "GET, HEAD, PATCH, DELETE, OPTIONS";

  /// Of what belongs to a session and is made or chosen.
  public static final String EVENTS = "POST, OPTIONS";

  public static final String EVENT_STREAM = "GET, HEAD, DELETE, OPTIONS";

  private static final Pattern EVENTS_PATH =
      Pattern.compile("/?whep/resource/[^/]+/(?:events|layer)");
  private static final Pattern EVENT_STREAM_PATH =
      Pattern.compile("/?whep/resource/[^/]+/events/[^/]+");
  private static final String READ = "GET, HEAD, OPTIONS";
  private static final String READ_OR_END = "GET, HEAD, DELETE, OPTIONS";

  private AllowedMethods() {}

  static String at(String path) {
    if (EVENTS_PATH.matcher(path).matches()) {
      return EVENTS;
    }
    if (EVENT_STREAM_PATH.matcher(path).matches()) {
      return EVENT_STREAM;
    }
    if (path.startsWith("/api/v1/")) {
      return ofOperators(path.substring("/api/v1/".length()));
    }
    return path.contains("/resource/") ? SESSION : ENDPOINT;
  }

  private static String ofOperators(String path) {
    if (path.matches("nodes/[^/]+/drain")) {
      return "POST, DELETE, OPTIONS";
    }
    if (path.matches("(?:revocations|sessions|streams)/[^/]+")) {
      return READ_OR_END;
    }
    return path.startsWith("revocations") ? ENDPOINT : READ;
  }

  /// Whether there is something below a session, which the framework says there is not when it has
  /// no such method.
  static boolean isBelowSession(String path) {
    return EVENTS_PATH.matcher(path).matches() || EVENT_STREAM_PATH.matcher(path).matches();
  }
}
