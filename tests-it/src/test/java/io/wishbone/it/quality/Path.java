package io.wishbone.it.quality;

/// The way between one client and the server, both directions.
///
/// @param up from the client
/// @param down to the client
public record Path(Link up, Link down) {}
