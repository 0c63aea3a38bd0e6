package io.wishbone.app.media;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.wishbone.app.member.CarrierMeters;
import io.wishbone.app.program.EndSignals;
import io.wishbone.control.kafka.KafkaNode;
import io.wishbone.node.MediaNode;
import io.wishbone.node.NodeConfig;
import io.wishbone.node.metrics.NodeMeters;
import java.time.Duration;

/// What happens between start and end: once the node has its ports, it takes in commands. Told to
/// end, it gives its sessions time.
final class Node implements QuarkusApplication {

  /// Players that are told go elsewhere within seconds; others get to know when it is over.
  private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(60);

  private final KafkaNode kafka;
  private final MediaNode node;
  private final Duration drainTimeout;

  Node(KafkaNode kafka, MediaNode node, NodeConfig config, NodeMeters meters) {
    meters
        .registry()
        .ifPresent(registry -> CarrierMeters.show(registry, kafka::isReachable, kafka::lost));
    this.kafka = kafka;
    this.node = node;
    this.drainTimeout = config.drain().timeout().orElse(DRAIN_TIMEOUT);
  }

  @Override
  public int run(String... arguments) {
    node.whenGone(() -> Quarkus.asyncExit(0));
    EndSignals.onTerminate(() -> node.leave(drainTimeout));
    kafka.serve(node.commands(), node::nameSessions);
    System.out.println("Node     " + node.id());
    Quarkus.waitForExit();
    return 0;
  }
}
