package io.wishbone.store.remote;

import io.wishbone.store.EventStreamRecord;
import io.wishbone.store.EventStreamsRecord;
import java.util.List;
import org.infinispan.protostream.annotations.ProtoAdapter;
import org.infinispan.protostream.annotations.ProtoFactory;
import org.infinispan.protostream.annotations.ProtoField;
import org.infinispan.protostream.annotations.ProtoName;

/// The streams of events of a session, on the wire and at rest.
@ProtoAdapter(EventStreamsRecord.class)
@ProtoName("EventStreamsRecord")
final class EventStreamsRecordAdapter {

  @ProtoFactory
  EventStreamsRecord create(List<EventStreamRecord> streams) {
    return new EventStreamsRecord(streams == null ? List.of() : streams);
  }

  @ProtoField(number = 1)
  List<EventStreamRecord> streams(EventStreamsRecord record) {
    return record.streams();
  }
}
