package io.wishbone.signaling.region;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpServerRequest;
import io.wishbone.signaling.SignalingConfig;
import io.wishbone.signaling.limits.ClientAddresses;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Says in which region clients are: what a trusted proxy writes into a header, else what the
/// operator's database says of their address, else where this process is.
@Singleton
public final class ClientRegions {

  private final ClientPlace here;
  private final @Nullable String header;
  private final @Nullable GeoDatabase database;
  private final RegionRules rules;
  private final ClientAddresses addresses;
  private final CurrentVertxRequest requests;

  ClientRegions(SignalingConfig config, ClientAddresses addresses, CurrentVertxRequest requests) {
    this.addresses = addresses;
    this.requests = requests;
    here = new ClientPlace(config.region().orElse(""), config.zone().orElse(""), null);
    header = config.clientRegion().header().orElse(null);
    rules = RegionRules.parse(config.clientRegion().geoipRegions().orElse(List.of()));
    database =
        config
            .clientRegion()
            .geoipFile()
            .map(file -> new GeoDatabase(Path.of(file), System::nanoTime))
            .orElse(null);
    if (database == null != rules.regions().isEmpty()) {
      throw new IllegalStateException(
          "wishbone.client-region.geoip-file and .geoip-regions need each other");
    }
  }

  /// Makes a server that lacks its database fail when it starts, not when somebody comes.
  void start(@Observes StartupEvent event) {}

  /// Where this process is.
  public ClientPlace here() {
    return here;
  }

  /// Where the client of the current request is.
  public ClientPlace current() {
    HttpServerRequest request = requests.getCurrent().request();
    String region = said(request);
    if (region == null) {
      region = looked(request);
    }
    String address = addresses.of(request);
    return region == null || region.equals(here.region())
        ? new ClientPlace(here.region(), here.zone(), address)
        : new ClientPlace(region, "", address);
  }

  /// The last one: a proxy that appends leaves what the client itself has written in front of it.
  private @Nullable String said(HttpServerRequest request) {
    if (header == null || !addresses.isFromTrustedProxy(request)) {
      return null;
    }
    List<String> lines = request.headers().getAll(header);
    if (lines.isEmpty()) {
      return null;
    }
    String line = lines.getLast();
    String region = line.substring(line.lastIndexOf(',') + 1).strip();
    return RegionName.isValid(region) ? region : null;
  }

  private @Nullable String looked(HttpServerRequest request) {
    InetAddress address = database == null ? null : addresses.addressOf(request);
    GeoPlace place = address == null || database == null ? null : database.find(address);
    return place == null ? null : rules.region(place);
  }
}
