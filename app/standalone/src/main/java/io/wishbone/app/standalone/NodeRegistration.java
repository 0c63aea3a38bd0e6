package io.wishbone.app.standalone;

import io.quarkus.runtime.StartupEvent;
import io.wishbone.control.InProcessCarrier;
import io.wishbone.node.MediaNode;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Lets commands of signalling through to the media node of this process, once it has its ports.
@Singleton
final class NodeRegistration {

  void onStart(@Observes StartupEvent event, InProcessCarrier carrier, MediaNode node) {
    carrier.register(node.id(), node.commands());
  }
}
