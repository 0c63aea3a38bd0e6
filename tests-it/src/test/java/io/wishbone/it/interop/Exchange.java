package io.wishbone.it.interop;

import org.jspecify.annotations.Nullable;

/// A request that a program in a page made, and how it was answered.
///
/// @param authorized whether it was sent with a token
/// @param etag the entity-tag that came back
record Exchange(
    String method,
    int status,
    boolean authorized,
    @Nullable String ifMatch,
    @Nullable String etag,
    String body) {}
