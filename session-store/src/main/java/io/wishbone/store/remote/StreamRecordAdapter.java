package io.wishbone.store.remote;

import io.wishbone.control.NodeId;
import io.wishbone.control.SessionId;
import io.wishbone.control.StreamName;
import io.wishbone.store.StreamRecord;
import java.time.Instant;
import org.infinispan.protostream.annotations.ProtoAdapter;
import org.infinispan.protostream.annotations.ProtoFactory;
import org.infinispan.protostream.annotations.ProtoField;
import org.infinispan.protostream.annotations.ProtoName;
import org.jspecify.annotations.Nullable;

/// Who publishes a stream, on the wire and at rest.
@ProtoAdapter(StreamRecord.class)
@ProtoName("StreamRecord")
final class StreamRecordAdapter {

  @ProtoFactory
  StreamRecord create(
      String stream,
      String publisher,
      String node,
      @Nullable String subject,
      @Nullable String key,
      long sinceSeconds,
      int sinceNanos) {
    return new StreamRecord(
        new StreamName(stream),
        new SessionId(publisher),
        new NodeId(node),
        subject,
        key,
        Instant.ofEpochSecond(sinceSeconds, sinceNanos));
  }

  @ProtoField(number = 1)
  String stream(StreamRecord record) {
    return record.stream().value();
  }

  @ProtoField(number = 2)
  String publisher(StreamRecord record) {
    return record.publisher().value();
  }

  @ProtoField(number = 3)
  String node(StreamRecord record) {
    return record.node().value();
  }

  @ProtoField(number = 4)
  @Nullable String subject(StreamRecord record) {
    return record.subject();
  }

  @ProtoField(number = 5)
  @Nullable String key(StreamRecord record) {
    return record.key();
  }

  @ProtoField(number = 6, defaultValue = "0")
  long sinceSeconds(StreamRecord record) {
    return record.publishedSince().getEpochSecond();
  }

  @ProtoField(number = 7, defaultValue = "0")
  int sinceNanos(StreamRecord record) {
    return record.publishedSince().getNano();
  }
}
