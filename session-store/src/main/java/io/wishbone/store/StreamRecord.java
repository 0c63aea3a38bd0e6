package io.wishbone.store;

import io.wishbone.control.NodeId;
import io.wishbone.control.SessionId;
import io.wishbone.control.StreamName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Who publishes a stream.
///
/// @param publisher the session that sends it
/// @param node the node that receives it
/// @param subject who publishes according to their token, null without tokens
public record StreamRecord(
    StreamName stream,
    SessionId publisher,
    NodeId node,
    @Nullable String subject,
    Instant publishedSince) {}
