package io.wishbone.store.remote;

import io.wishbone.control.NodeId;
import io.wishbone.store.Edge;
import java.time.Instant;
import org.infinispan.protostream.annotations.ProtoAdapter;
import org.infinispan.protostream.annotations.ProtoFactory;
import org.infinispan.protostream.annotations.ProtoField;
import org.infinispan.protostream.annotations.ProtoName;

/// A node that has a stream from another one, on the wire and at rest.
@ProtoAdapter(Edge.class)
@ProtoName("Edge")
final class EdgeAdapter {

  @ProtoFactory
  Edge create(String node, String parent, long seenSeconds, int seenNanos) {
    return new Edge(
        new NodeId(node), new NodeId(parent), Instant.ofEpochSecond(seenSeconds, seenNanos));
  }

  @ProtoField(number = 1)
  String node(Edge record) {
    return record.node().value();
  }

  @ProtoField(number = 2)
  String parent(Edge record) {
    return record.parent().value();
  }

  @ProtoField(number = 3, defaultValue = "0")
  long seenSeconds(Edge record) {
    return record.seenAt().getEpochSecond();
  }

  @ProtoField(number = 4, defaultValue = "0")
  int seenNanos(Edge record) {
    return record.seenAt().getNano();
  }
}
