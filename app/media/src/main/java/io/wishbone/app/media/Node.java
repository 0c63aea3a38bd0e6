package io.wishbone.app.media;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.wishbone.control.kafka.KafkaNode;
import io.wishbone.node.MediaNode;

/// What happens between start and end: once the node has its ports, it takes in commands.
final class Node implements QuarkusApplication {

  private final KafkaNode kafka;
  private final MediaNode node;

  Node(KafkaNode kafka, MediaNode node) {
    this.kafka = kafka;
    this.node = node;
  }

  @Override
  public int run(String... arguments) {
    kafka.serve(node.commands(), node::nameSessions);
    System.out.println("Node     " + node.id());
    Quarkus.waitForExit();
    return 0;
  }
}
