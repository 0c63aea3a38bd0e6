package io.wishbone.app.signaling;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.StartupEvent;
import io.wishbone.app.member.KafkaConfig;
import io.wishbone.app.member.PropertiesFile;
import io.wishbone.app.member.Reachability;
import io.wishbone.app.program.Places;
import io.wishbone.app.program.Tls;
import io.wishbone.control.kafka.KafkaPod;
import io.wishbone.signaling.http.Leaving;
import io.wishbone.store.NodeStore;
import io.wishbone.store.StoreUnavailableException;
import io.wishbone.store.remote.RemoteCaches;
import io.wishbone.store.remote.RemoteSettings;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.Readiness;

/// What the rooms leave open: media nodes are reached over Kafka, and what signalling has to
/// remember is kept on Infinispan Servers.
@Singleton
final class Assembly {

  @Produces
  @Singleton
  KafkaPod kafka(KafkaConfig config, @ConfigProperty(name = "wishbone.pod-id") String pod) {
    return new KafkaPod(config.settings(), pod);
  }

  void close(@Disposes KafkaPod kafka) {
    kafka.close();
  }

  @Produces
  @Singleton
  @Startup
  RemoteCaches caches(
      @ConfigProperty(name = "wishbone.infinispan") String servers,
      @ConfigProperty(name = "wishbone.infinispan.username") Optional<String> username,
      @ConfigProperty(name = "wishbone.infinispan.password") Optional<String> password,
      @ConfigProperty(name = "wishbone.infinispan.properties") Optional<String> file) {
    return new RemoteCaches(
        new RemoteSettings(
            servers,
            username.orElse(null),
            password.orElse(null),
            RemoteSettings.TIMEOUT,
            PropertiesFile.read(file)));
  }

  void close(@Disposes RemoteCaches caches) {
    caches.close();
  }

  void show(@Observes StartupEvent event, RemoteCaches caches, MeterRegistry registry) {
    FunctionCounter.builder("wishbone.store.unreadable.entries", caches, RemoteCaches::unreadable)
        .description(
            "How often an entry of the store was met that this version cannot read, and passed over;"
                + " a few during an upgrade are of the newer version")
        .register(registry);
  }

  @Produces
  @Singleton
  @Readiness
  HealthCheck kafkaIsReachable(KafkaPod kafka) {
    return new Reachability("Kafka", kafka::isReachable);
  }

  @Produces
  @Singleton
  @Readiness
  HealthCheck infinispanIsReachable(RemoteCaches caches) {
    return new Reachability("Infinispan", caches::isReachable);
  }

  /// Whoever is let in goes to a node, so one has to be known first. Once one is, it does not
  /// matter any more: without any, clients are told when to come back, which is more than no
  /// answer.
  @Produces
  @Singleton
  @Readiness
  HealthCheck hasHeardOfANode(NodeStore nodes) {
    var heard = new AtomicBoolean();
    return new Reachability("Media nodes", () -> heard.get() || hasOne(nodes, heard));
  }

  private static boolean hasOne(NodeStore nodes, AtomicBoolean heard) {
    try {
      if (!nodes.all().isEmpty()) {
        heard.set(true);
      }
      return heard.get();
    } catch (StoreUnavailableException _) {
      return false;
    }
  }

  /// Not ready any more, so that requests go elsewhere, but there for those that still come.
  @Produces
  @Singleton
  @Readiness
  HealthCheck takesRequests(Leaving leaving) {
    return new Reachability("Requests", () -> !leaving.hasBegun());
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
