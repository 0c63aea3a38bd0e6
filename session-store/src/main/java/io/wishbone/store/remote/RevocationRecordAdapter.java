package io.wishbone.store.remote;

import io.wishbone.store.RevocationKind;
import io.wishbone.store.RevocationRecord;
import java.time.Instant;
import org.infinispan.protostream.annotations.ProtoAdapter;
import org.infinispan.protostream.annotations.ProtoFactory;
import org.infinispan.protostream.annotations.ProtoField;
import org.infinispan.protostream.annotations.ProtoName;

/// Access that was taken away, on the wire and at rest.
@ProtoAdapter(RevocationRecord.class)
@ProtoName("RevocationRecord")
final class RevocationRecordAdapter {

  @ProtoFactory
  RevocationRecord create(
      String kind,
      String value,
      long revokedSeconds,
      int revokedNanos,
      long untilSeconds,
      int untilNanos) {
    return new RevocationRecord(
        RevocationKind.valueOf(kind),
        value,
        Instant.ofEpochSecond(revokedSeconds, revokedNanos),
        Instant.ofEpochSecond(untilSeconds, untilNanos));
  }

  @ProtoField(number = 1)
  String kind(RevocationRecord record) {
    return record.kind().name();
  }

  @ProtoField(number = 2)
  String value(RevocationRecord record) {
    return record.value();
  }

  @ProtoField(number = 3, defaultValue = "0")
  long revokedSeconds(RevocationRecord record) {
    return record.revokedAt().getEpochSecond();
  }

  @ProtoField(number = 4, defaultValue = "0")
  int revokedNanos(RevocationRecord record) {
    return record.revokedAt().getNano();
  }

  @ProtoField(number = 5, defaultValue = "0")
  long untilSeconds(RevocationRecord record) {
    return record.until().getEpochSecond();
  }

  @ProtoField(number = 6, defaultValue = "0")
  int untilNanos(RevocationRecord record) {
    return record.until().getNano();
  }
}
