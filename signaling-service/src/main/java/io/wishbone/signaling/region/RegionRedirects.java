package io.wishbone.signaling.region;

import io.wishbone.signaling.SignalingConfig;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where clients of other regions find this cluster nearer to them.
@Singleton
public final class RegionRedirects {

  private final String here;
  private final Map<String, URI> bases;

  @Inject
  RegionRedirects(SignalingConfig config) {
    this(config.region().orElse(""), config.redirect().regions());
  }

  RegionRedirects(String here, Map<String, URI> bases) {
    this.here = here;
    this.bases = Map.copyOf(bases);
  }

  /// What the URLs of the endpoints in the client's region begin with; null when that is here, or
  /// not known.
  public @Nullable URI base(ClientPlace client) {
    return client.region().equals(here) ? null : bases.get(client.region());
  }
}
