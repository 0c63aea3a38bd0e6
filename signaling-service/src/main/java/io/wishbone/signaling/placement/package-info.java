/// Which media node takes a session.
///
/// Read first: [io.wishbone.signaling.placement.NodeSelector].
@NullMarked
package io.wishbone.signaling.placement;

import org.jspecify.annotations.NullMarked;
