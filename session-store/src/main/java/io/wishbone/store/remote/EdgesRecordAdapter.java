package io.wishbone.store.remote;

import io.wishbone.control.StreamName;
import io.wishbone.store.Edge;
import io.wishbone.store.EdgesRecord;
import java.util.List;
import org.infinispan.protostream.annotations.ProtoAdapter;
import org.infinispan.protostream.annotations.ProtoFactory;
import org.infinispan.protostream.annotations.ProtoField;
import org.infinispan.protostream.annotations.ProtoName;

/// The nodes that carry a stream, on the wire and at rest.
@ProtoAdapter(EdgesRecord.class)
@ProtoName("EdgesRecord")
final class EdgesRecordAdapter {

  @ProtoFactory
  EdgesRecord create(String stream, List<Edge> edges, long write) {
    return new EdgesRecord(new StreamName(stream), edges == null ? List.of() : edges, write);
  }

  @ProtoField(number = 1)
  String stream(EdgesRecord record) {
    return record.stream().value();
  }

  @ProtoField(number = 2)
  List<Edge> edges(EdgesRecord record) {
    return record.edges();
  }

  @ProtoField(number = 3, defaultValue = "0")
  long write(EdgesRecord record) {
    return record.write();
  }
}
