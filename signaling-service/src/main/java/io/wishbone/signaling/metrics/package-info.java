/// What signalling counts, for Prometheus. `docs/metrics.md` lists it, and a test compares that
/// with what a server really shows.
///
/// No label holds what a client made up: neither streams nor subjects nor session ids.
///
/// Left out on purpose: media. Media nodes count for themselves.
///
/// Read first: [io.wishbone.signaling.metrics.SignalingMetrics].
@NullMarked
package io.wishbone.signaling.metrics;

import org.jspecify.annotations.NullMarked;
