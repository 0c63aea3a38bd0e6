package io.wishbone.signaling.http;

import jakarta.ws.rs.core.HttpHeaders;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What a browser asks on its own, before a page may send what it wants to send (WHATWG Fetch).
public final class Preflight {

  private Preflight() {}

  /// Whether an OPTIONS request is a preflight for a page that has no use for `Link` headers (RFC
  /// 9725 section 4.6).
  public static boolean isWithoutLinks(HttpHeaders request) {
    return request.getHeaderString("Origin") != null
        && request.getHeaderString("Access-Control-Request-Method") != null
        && !namesLink(request.getHeaderString("Access-Control-Request-Headers"));
  }

  private static boolean namesLink(@Nullable String names) {
    return names != null
        && Arrays.stream(names.split(",")).anyMatch(name -> name.strip().equalsIgnoreCase("link"));
  }
}
