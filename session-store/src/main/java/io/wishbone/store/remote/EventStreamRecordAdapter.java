package io.wishbone.store.remote;

import io.wishbone.store.EventStreamRecord;
import java.util.List;
import org.infinispan.protostream.annotations.ProtoAdapter;
import org.infinispan.protostream.annotations.ProtoFactory;
import org.infinispan.protostream.annotations.ProtoField;
import org.infinispan.protostream.annotations.ProtoName;

/// One stream of events, on the wire and at rest.
@ProtoAdapter(EventStreamRecord.class)
@ProtoName("EventStreamRecord")
final class EventStreamRecordAdapter {

  @ProtoFactory
  EventStreamRecord create(String id, List<String> events) {
    return new EventStreamRecord(id, events == null ? List.of() : events);
  }

  @ProtoField(number = 1)
  String id(EventStreamRecord record) {
    return record.id();
  }

  @ProtoField(number = 2)
  List<String> events(EventStreamRecord record) {
    return record.events();
  }
}
