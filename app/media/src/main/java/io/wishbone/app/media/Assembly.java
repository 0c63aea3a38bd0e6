package io.wishbone.app.media;

import io.wishbone.app.member.KafkaConfig;
import io.wishbone.app.member.Reachability;
import io.wishbone.control.NodeId;
import io.wishbone.control.kafka.KafkaNode;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.Readiness;

/// What the room leaves open: the node hears commands, tells events and reaches other nodes over
/// Kafka.
@Singleton
final class Assembly {

  @Produces
  @Singleton
  KafkaNode kafka(KafkaConfig config, @ConfigProperty(name = "wishbone.node-id") String node) {
    return new KafkaNode(config.settings(), new NodeId(node));
  }

  void close(@Disposes KafkaNode kafka) {
    kafka.close();
  }

  @Produces
  @Singleton
  @Readiness
  HealthCheck kafkaIsReachable(KafkaNode kafka) {
    return new Reachability("Kafka", kafka::isReachable);
  }
}
