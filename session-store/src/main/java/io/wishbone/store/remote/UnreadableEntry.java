package io.wishbone.store.remote;

/// Stands for what could not be read.
///
/// @param why for the log
record UnreadableEntry(String why) {}
