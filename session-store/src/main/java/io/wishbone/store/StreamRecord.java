package io.wishbone.store;

import io.wishbone.control.NodeId;
import io.wishbone.control.SessionId;
import io.wishbone.control.StreamName;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Who publishes a stream.
///
/// @param publisher the session that sends it
/// @param node the node that receives it
/// @param subject who publishes according to their token, null without tokens
/// @param key the id of their stream key, null without one
public record StreamRecord(
    StreamName stream,
    SessionId publisher,
    NodeId node,
    @Nullable String subject,
    @Nullable String key,
    Instant publishedSince) {

  /// What is noted of a publisher.
  public static StreamRecord of(SessionRecord publisher) {
    return new StreamRecord(
        publisher.stream(),
        publisher.id(),
        publisher.node(),
        publisher.subject(),
        publisher.key(),
        publisher.createdAt());
  }

  /// Somebody who publishes without a stream key.
  public StreamRecord(
      StreamName stream,
      SessionId publisher,
      NodeId node,
      @Nullable String subject,
      Instant publishedSince) {
    this(stream, publisher, node, subject, null, publishedSince);
  }

  /// Whether the same person or machine publishes, as far as anybody has said who they are.
  public boolean isOfSameOwner(StreamRecord other) {
    return (subject != null || key != null)
        && Objects.equals(subject, other.subject)
        && Objects.equals(key, other.key);
  }
}
