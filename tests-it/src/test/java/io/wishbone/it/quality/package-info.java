/// What real browsers get of a stream, and give, over paths that lose, delay and narrow; the
/// profile `quality` runs it, docs/quality.md tells the figures.
///
/// Read first: [io.wishbone.it.quality.Relay], the network between the browsers and the server,
/// then [io.wishbone.it.quality.LossQuality].
@NullMarked
package io.wishbone.it.quality;

import org.jspecify.annotations.NullMarked;
