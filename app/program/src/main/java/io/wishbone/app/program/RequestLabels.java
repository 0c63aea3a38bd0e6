package io.wishbone.app.program;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.regex.Pattern;

/// Keeps what clients make up out of the labels of HTTP metrics. A session URL is a capability:
/// whoever reads the metrics may not learn it. And each new label costs memory for good.
@Singleton
final class RequestLabels implements MeterFilter {

  private static final String OTHER = "OTHER";

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PATCH", "DELETE", "OPTIONS", "PUT");

  /// The server's own routes, and what the framework says when there is none.
  private static final Pattern KNOWN =
      Pattern.compile(
          "root|/|NOT_FOUND|REDIRECTION|UNKNOWN"
              + "|/(?:whip|whep)/(?:endpoint|resource)(?:/\\{\\w+})?"
              + "|/q/(?:metrics|health(?:/[a-z]{1,16})?)"
              + "|/api/v1/(?:streams|sessions|nodes|revocations|metrics)(?:/\\{\\w+}(?:/drain)?)?"
              + "|/api/v1/openapi\\.json|/operators\\.html"
              + "|/index\\.html|/mark\\.svg|/(?:css|js)/[a-z-]{1,24}\\.(?:css|js)");

  @Override
  public Meter.Id map(Meter.Id id) {
    if (!id.getName().startsWith("http.server")) {
      return id;
    }
    return id.replaceTags(id.getTags().stream().map(RequestLabels::known).toList());
  }

  private static Tag known(Tag tag) {
    boolean isKnown =
        switch (tag.getKey()) {
          case "uri" -> KNOWN.matcher(tag.getValue()).matches();
          case "method" -> METHODS.contains(tag.getValue());
          default -> true;
        };
    return isKnown ? tag : Tag.of(tag.getKey(), OTHER);
  }
}
