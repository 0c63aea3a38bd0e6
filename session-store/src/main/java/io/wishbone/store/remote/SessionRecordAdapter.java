package io.wishbone.store.remote;

import io.wishbone.control.NodeId;
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionRole;
import io.wishbone.control.StreamName;
import io.wishbone.store.RemoteIce;
import io.wishbone.store.SessionRecord;
import io.wishbone.store.SessionState;
import java.time.Instant;
import org.infinispan.protostream.annotations.ProtoAdapter;
import org.infinispan.protostream.annotations.ProtoFactory;
import org.infinispan.protostream.annotations.ProtoField;
import org.infinispan.protostream.annotations.ProtoName;
import org.jspecify.annotations.Nullable;

/// A session on the wire and at rest. Numbers of fields never change their meaning.
@ProtoAdapter(SessionRecord.class)
@ProtoName("SessionRecord")
final class SessionRecordAdapter {

  @ProtoFactory
  SessionRecord create(
      String id,
      String stream,
      String role,
      String node,
      String state,
      String entityTag,
      String usernameFragment,
      String password,
      @Nullable Integer videoSection,
      @Nullable String subject,
      @Nullable String key,
      long createdSeconds,
      int createdNanos,
      @Nullable String trace) {
    SessionRole knownRole = role(role);
    SessionState knownState = state(state);
    return new SessionRecord(
        new SessionId(id),
        new StreamName(stream),
        // Whose end leaves the stream to whoever publishes it.
        knownRole == null ? SessionRole.SUBSCRIBER : knownRole,
        new NodeId(node),
        knownRole == null && knownState != SessionState.ENDED ? SessionState.UNKNOWN : knownState,
        entityTag,
        new RemoteIce(usernameFragment, password),
        videoSection,
        subject,
        key,
        trace,
        Instant.ofEpochSecond(createdSeconds, createdNanos));
  }

  private static @Nullable SessionRole role(String name) {
    for (SessionRole role : SessionRole.values()) {
      if (role.name().equals(name)) {
        return role;
      }
    }
    return null;
  }

  private static SessionState state(String name) {
    for (SessionState state : SessionState.values()) {
      if (state.name().equals(name)) {
        return state;
      }
    }
    return SessionState.UNKNOWN;
  }

  @ProtoField(number = 1)
  String id(SessionRecord record) {
    return record.id().value();
  }

  @ProtoField(number = 2)
  String stream(SessionRecord record) {
    return record.stream().value();
  }

  @ProtoField(number = 3)
  String role(SessionRecord record) {
    return record.role().name();
  }

  @ProtoField(number = 4)
  String node(SessionRecord record) {
    return record.node().value();
  }

  @ProtoField(number = 5)
  String state(SessionRecord record) {
    return record.state().name();
  }

  @ProtoField(number = 6)
  String entityTag(SessionRecord record) {
    return record.entityTag();
  }

  @ProtoField(number = 7)
  String usernameFragment(SessionRecord record) {
    return record.remoteIce().usernameFragment();
  }

  @ProtoField(number = 8)
  String password(SessionRecord record) {
    return record.remoteIce().password();
  }

  @ProtoField(number = 9)
  @Nullable Integer videoSection(SessionRecord record) {
    return record.videoSection();
  }

  @ProtoField(number = 10)
  @Nullable String subject(SessionRecord record) {
    return record.subject();
  }

  @ProtoField(number = 11)
  @Nullable String key(SessionRecord record) {
    return record.key();
  }

  @ProtoField(number = 12, defaultValue = "0")
  long createdSeconds(SessionRecord record) {
    return record.createdAt().getEpochSecond();
  }

  @ProtoField(number = 13, defaultValue = "0")
  int createdNanos(SessionRecord record) {
    return record.createdAt().getNano();
  }

  @ProtoField(number = 14)
  @Nullable String trace(SessionRecord record) {
    return record.trace();
  }
}
