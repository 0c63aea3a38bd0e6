package io.wishbone.signaling.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.regex.Pattern;

/// Whether this process is about to end. Until then it serves every request that still comes, and
/// asks whoever brings one to use another connection for the next: one that is kept would break
/// under a request at the end. Over HTTP/1 that is `Connection: close`. Over HTTP/2 (RFC 9113
/// section 6.8) it is a GOAWAY that refuses no stream: what the client has sent before it heard is
/// served, and what comes next takes another connection, at another process where there is one.
///
/// Runs on HTTP event loops, but for [#begin].
@Singleton
public final class Leaving {

  private static final int PRIORITY = CorsHeaders.PRIORITY + 10;
  private static final long NO_ERROR = 0;

  /// Java's own client before release 24: at a GOAWAY it fails what is on its way (JDK-8335181). It
  /// is left alone.
  private static final Pattern FAILS_AT_GOAWAY =
      Pattern.compile("Java-http-client/(?:1\\d|2[0-3])(?!\\d).*");

  /// Those that have brought a request. Players' event streams keep some open for long.
  private final Set<HttpConnection> http2 =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  private volatile boolean begun;

  /// Whoever asks is told from now on that this process takes no more requests, though it does.
  public void begin() {
    begun = true;
    List<HttpConnection> open;
    synchronized (http2) {
      open = new ArrayList<>(http2);
    }
    open.forEach(Leaving::sendAway);
  }

  public boolean hasBegun() {
    return begun;
  }

  void register(@Observes Filters filters) {
    filters.register(this::handle, PRIORITY);
  }

  private void handle(RoutingContext routing) {
    HttpServerRequest request = routing.request();
    if (request.version() == HttpVersion.HTTP_2) {
      if (understandsGoAway(request)) {
        // In this order: either this or the beginning sees the other.
        boolean isNew = http2.add(request.connection());
        if (begun && isNew) {
          sendAway(request.connection());
        }
      }
    } else if (begun) {
      routing.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    routing.next();
  }

  private static boolean understandsGoAway(HttpServerRequest request) {
    String client = request.getHeader(HttpHeaders.USER_AGENT);
    return client == null || !FAILS_AT_GOAWAY.matcher(client).matches();
  }

  private static void sendAway(HttpConnection connection) {
    connection.goAway(NO_ERROR, Integer.MAX_VALUE);
  }
}
