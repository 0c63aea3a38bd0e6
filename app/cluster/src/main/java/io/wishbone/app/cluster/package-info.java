/// A whole cluster on one machine, for trying it out and for tests: a real Kafka broker, a real
/// Infinispan Server, signalling pods and media nodes, each a process of its own.
///
/// Read first: [io.wishbone.app.cluster.LocalProcess], then [io.wishbone.app.cluster.KafkaBroker].
@NullMarked
package io.wishbone.app.cluster;

import org.jspecify.annotations.NullMarked;
