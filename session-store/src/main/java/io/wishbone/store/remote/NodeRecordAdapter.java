package io.wishbone.store.remote;

import io.wishbone.control.NodeId;
import io.wishbone.store.NodeRecord;
import java.time.Instant;
import org.infinispan.protostream.annotations.ProtoAdapter;
import org.infinispan.protostream.annotations.ProtoFactory;
import org.infinispan.protostream.annotations.ProtoField;
import org.infinispan.protostream.annotations.ProtoName;

/// A media node on the wire and at rest.
@ProtoAdapter(NodeRecord.class)
@ProtoName("NodeRecord")
final class NodeRecordAdapter {

  @ProtoFactory
  NodeRecord create(
      String node,
      String region,
      String zone,
      int publishers,
      int subscribers,
      int capacity,
      boolean draining,
      long packetsPerSecond,
      double headroom,
      long reportedSeconds,
      int reportedNanos) {
    return new NodeRecord(
        new NodeId(node),
        region == null ? "" : region,
        zone == null ? "" : zone,
        publishers,
        subscribers,
        capacity,
        draining,
        packetsPerSecond,
        headroom,
        Instant.ofEpochSecond(reportedSeconds, reportedNanos));
  }

  @ProtoField(number = 1)
  String node(NodeRecord record) {
    return record.node().value();
  }

  @ProtoField(number = 2)
  String region(NodeRecord record) {
    return record.region();
  }

  @ProtoField(number = 3)
  String zone(NodeRecord record) {
    return record.zone();
  }

  @ProtoField(number = 4, defaultValue = "0")
  int publishers(NodeRecord record) {
    return record.publishers();
  }

  @ProtoField(number = 5, defaultValue = "0")
  int subscribers(NodeRecord record) {
    return record.subscribers();
  }

  @ProtoField(number = 6, defaultValue = "0")
  int capacity(NodeRecord record) {
    return record.capacity();
  }

  @ProtoField(number = 7, defaultValue = "false")
  boolean draining(NodeRecord record) {
    return record.draining();
  }

  @ProtoField(number = 8, defaultValue = "0")
  long packetsPerSecond(NodeRecord record) {
    return record.packetsPerSecond();
  }

  @ProtoField(number = 9, defaultValue = "0")
  double headroom(NodeRecord record) {
    return record.headroom();
  }

  @ProtoField(number = 10, defaultValue = "0")
  long reportedSeconds(NodeRecord record) {
    return record.reportedAt().getEpochSecond();
  }

  @ProtoField(number = 11, defaultValue = "0")
  int reportedNanos(NodeRecord record) {
    return record.reportedAt().getNano();
  }
}
