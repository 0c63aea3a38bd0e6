package io.wishbone.control.kafka;

/// How many messages came to nothing at this end of the carrier, since it is there.
///
/// @param malformed that could not be read, and were skipped
/// @param late commands that came after their deadline, and were not carried out
/// @param dropped that were to be sent, and found too many before them, or no broker that takes
///   them
public record LostMessages(long malformed, long late, long dropped) {}
