/// Tells an operator's own program what becomes of streams and sessions, by HTTP: signed, in order,
/// again until it is taken.
///
/// A server that is one process tells from memory ([LifecycleNotifier]): what waits is bounded, and
/// lost when it dies. A cluster tells from its log ([LifecycleDeliveries]), at least once,
/// whichever of its processes die: docs/adr/0046-webhooks-are-told-from-the-topic.md. Who assembles
/// the server decides.
///
/// Read first: [io.wishbone.signaling.webhooks.DeliveryLane].
@NullMarked
package io.wishbone.signaling.webhooks;

import org.jspecify.annotations.NullMarked;
