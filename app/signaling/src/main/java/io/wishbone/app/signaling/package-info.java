/// A signalling pod of a cluster: signalling assembled with Kafka and Infinispan.
///
/// Read first: [io.wishbone.app.signaling.Assembly].
@NullMarked
package io.wishbone.app.signaling;

import org.jspecify.annotations.NullMarked;
