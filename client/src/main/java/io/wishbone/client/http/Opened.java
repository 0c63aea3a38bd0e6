package io.wishbone.client.http;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/// A session that the server opened: the content of a 201.
///
/// @param answer the SDP answer
/// @param session the session URL, absolute
/// @param entityTag names the ICE session, as it came, quotes included; absent when not sent
public record Opened(String answer, URI session, @Nullable String entityTag) {}
