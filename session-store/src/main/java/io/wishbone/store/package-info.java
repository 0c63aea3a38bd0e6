/// Sessions with their entity-tags, who publishes which stream, and which media nodes are alive:
/// everything that signalling has to remember between two requests, kept in Infinispan.
///
/// The three stores stand on `org.infinispan.commons.api.BasicCache`, which is the same interface
/// for caches inside this process ([io.wishbone.store.EmbeddedCaches]) and for remote ones. Values
/// are immutable records with `equals`; a change is a compare-and-set of the whole record, and it
/// repeats the lifespan, for a replace without one makes an entry immortal.
///
/// Threads: any, but never an event loop. Every method may wait for a network.
///
/// Left out on purpose: media. Losing all of this ends no session that is running.
///
/// Read first: [io.wishbone.store.SessionRecord].
@NullMarked
package io.wishbone.store;

import org.jspecify.annotations.NullMarked;
