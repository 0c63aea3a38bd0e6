/// Tells an operator's own program what becomes of streams and sessions, by HTTP: signed, in order,
/// again until it is taken, and at least once for as long as this server lives. What waits is
/// bounded; what finds no place is dropped and counted.
///
/// A server that dies loses what waits. Whoever may not miss anything reads the events of media
/// nodes from Kafka instead: docs/operations.md.
///
/// Read first: [io.wishbone.signaling.webhooks.LifecycleNotifier].
@NullMarked
package io.wishbone.signaling.webhooks;

import org.jspecify.annotations.NullMarked;
