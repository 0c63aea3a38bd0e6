package io.wishbone.store.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.control.NodeId;
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionRole;
import io.wishbone.control.StreamName;
import io.wishbone.store.Edge;
import io.wishbone.store.EdgesRecord;
import io.wishbone.store.EventStreamRecord;
import io.wishbone.store.EventStreamsRecord;
import io.wishbone.store.NodeRecord;
import io.wishbone.store.RemoteIce;
import io.wishbone.store.RevocationKind;
import io.wishbone.store.RevocationRecord;
import io.wishbone.store.SessionRecord;
import io.wishbone.store.SessionState;
import io.wishbone.store.StreamRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.infinispan.protostream.ProtobufUtil;
import org.infinispan.protostream.SerializationContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// A compare-and-set compares records that have been at a server: they have to be the same.
class StoreSchemaTest {

  private static final Instant NOW = Instant.parse("2026-11-26T12:34:56.123456789Z");
  private static final SessionId ID = new SessionId("0123456789012345678901");
  private static final StreamName STREAM = new StreamName("live");
  private static final NodeId NODE = new NodeId("node-1");

  private final SerializationContext context = context();

  private static SerializationContext context() {
    SerializationContext context = ProtobufUtil.newSerializationContext();
    var schema = new GeneratedStoreSchema();
    schema.register(context);
    return context;
  }

  static List<Object> records() {
    return List.of(
        new SessionRecord(
            ID,
            STREAM,
            SessionRole.PUBLISHER,
            NODE,
            SessionState.OPENING,
            "tag",
            new RemoteIce("ufrag", "password"),
            null,
            null,
            null,
            null,
            NOW),
        new SessionRecord(
            ID,
            STREAM,
            SessionRole.SUBSCRIBER,
            NODE,
            SessionState.PENDING,
            "tag",
            new RemoteIce("ufrag", "password"),
            0,
            "alice",
            "camera",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            Instant.EPOCH),
        new StreamRecord(STREAM, ID, NODE, null, null, NOW),
        new StreamRecord(STREAM, ID, NODE, "", "camera", NOW),
        new NodeRecord(NODE, "", "", 0, 0, 0, false, 0, 1, NOW),
        new NodeRecord(NODE, "eu", "a", 1, 2, 3, true, 1L << 40, 0.25, NOW),
        new RevocationRecord(RevocationKind.SUBJECT, "alice", NOW, NOW.plusSeconds(60)),
        new EventStreamsRecord(List.of()),
        new EventStreamsRecord(
            List.of(
                new EventStreamRecord("one", List.of("active", "layers")),
                new EventStreamRecord("two", List.of()))),
        EdgesRecord.none(STREAM),
        new EdgesRecord(STREAM, List.of(new Edge(new NodeId("edge"), NODE, NOW)), -7));
  }

  @ParameterizedTest
  @MethodSource("records")
  void bringsBackWhatItWrote(Object record) throws IOException {
    byte[] written = ProtobufUtil.toWrappedByteArray(context, record);
    assertThat((Object) ProtobufUtil.fromWrappedByteArray(context, written)).isEqualTo(record);
  }

  /// A newer version lives beside this one during an upgrade, and knows more words.
  @ParameterizedTest
  @CsvSource({"PENDING, FUTURES, SUBSCRIBER", "SUBSCRIBER, MODERATORS, SUBSCRIBER"})
  void readsAWordThatItDoesNotKnowAsASessionToBeLeftAlone(
      String word, String unknown, SessionRole role) throws IOException {
    var session = (SessionRecord) records().get(1);
    byte[] written = replace(ProtobufUtil.toWrappedByteArray(context, session), word, unknown);

    SessionRecord read = ProtobufUtil.fromWrappedByteArray(context, written);
    assertThat(read.state()).isEqualTo(SessionState.UNKNOWN);
    assertThat(read.role()).isEqualTo(role);
    assertThat(read.node()).isEqualTo(session.node());
    assertThat(read.entityTag()).isEqualTo(session.entityTag());
  }

  @Test
  void readsASessionOfAnUnknownRoleThatHasEndedAsEnded() throws IOException {
    var session = ((SessionRecord) records().get(1)).withState(SessionState.ENDED);
    byte[] written =
        replace(ProtobufUtil.toWrappedByteArray(context, session), "SUBSCRIBER", "MODERATORS");
    SessionRecord read = ProtobufUtil.fromWrappedByteArray(context, written);
    assertThat(read.state()).isEqualTo(SessionState.ENDED);
  }

  private static byte[] replace(byte[] written, String word, String other) {
    assertThat(other).hasSameSizeAs(word);
    String text = new String(written, StandardCharsets.ISO_8859_1);
    assertThat(text).contains(word);
    return text.replace(word, other).getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void bringsSomethingForWhatItCannotRead() throws Exception {
    var marshaller = new PatientMarshaller();
    marshaller.register(new GeneratedStoreSchema());
    byte[] revocation =
        marshaller.objectToByteBuffer(
            new RevocationRecord(RevocationKind.SUBJECT, "alice", NOW, NOW.plusSeconds(60)));

    assertThat(marshaller.objectFromByteBuffer(revocation)).isInstanceOf(RevocationRecord.class);
    assertThat(marshaller.objectFromByteBuffer(replace(revocation, "SUBJECT", "COUNTRY")))
        .isInstanceOf(UnreadableEntry.class);
    for (byte[] junk : List.of(new byte[] {1, 2, 3}, new byte[] {-1}, new byte[100])) {
      assertThat(marshaller.objectFromByteBuffer(junk)).isInstanceOf(UnreadableEntry.class);
      var stream = new ByteArrayInputStream(junk);
      assertThat(marshaller.objectFromInputStream(stream)).isInstanceOf(UnreadableEntry.class);
      assertThat(stream.available()).isZero();
    }
  }
}
