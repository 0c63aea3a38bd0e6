package io.wishbone.app.standalone;

import io.wishbone.app.program.Places;
import io.wishbone.app.program.Tls;
import io.wishbone.control.InProcessCarrier;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// What the rooms leave open: signalling and the media node meet in this process. The stores keep
/// to their default, embedded caches.
@Singleton
final class Assembly {

  @Produces
  @Singleton
  InProcessCarrier carrier() {
    return new InProcessCarrier();
  }

  @Produces
  @Singleton
  Places places(
      @ConfigProperty(name = "wishbone.bind") String bind,
      @ConfigProperty(name = "wishbone.http-port") int httpPort,
      @ConfigProperty(name = "wishbone.https-port") int httpsPort,
      @ConfigProperty(name = Tls.NAME_KEY) Optional<String> tls) {
    return new Places(
        bind, httpPort, tls.isPresent() ? OptionalInt.of(httpsPort) : OptionalInt.empty());
  }
}
