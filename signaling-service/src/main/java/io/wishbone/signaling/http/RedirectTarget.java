package io.wishbone.signaling.http;

import io.wishbone.control.SessionRole;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Where a client finds the same endpoint in another cluster.
public final class RedirectTarget {

  private RedirectTarget() {}

  /// The same path and query below another base, and one more parameter.
  ///
  /// @param stream null when the path names none
  /// @param request the URL that was asked for
  /// @param value of unreserved characters
  public static URI of(
      URI base,
      SessionRole role,
      @Nullable String stream,
      URI request,
      String parameter,
      String value) {
    String query = request.getRawQuery();
    return URI.create(
        base.toString().replaceFirst("/+$", "")
            + switch (role) {
              case PUBLISHER -> "/whip/endpoint";
              case SUBSCRIBER -> "/whep/endpoint";
            }
            + (stream == null ? "" : "/" + stream)
            + "?"
            + (query == null || query.isEmpty() ? "" : query + "&")
            + parameter
            + "="
            + value);
  }
}
