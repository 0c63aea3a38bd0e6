/// What players are told of their streams while they watch: the server-sent-events extension of
/// WHEP, and what it is fed with.
///
/// Media nodes report how their streams are doing (`io.wishbone.control.StreamStatus`); every
/// process of signalling hears all of them, so that it does not matter which one a player asks.
/// [io.wishbone.signaling.events.StreamStatuses] keeps the latest of each stream.
///
/// Threads: reports come on the one thread that takes node events in, and nothing here may hold it
/// up.
@NullMarked
package io.wishbone.signaling.events;

import org.jspecify.annotations.NullMarked;
