/// Files of the operator's that may change while the program runs.
///
/// Threads: any.
///
/// Read first: [io.wishbone.signaling.files.WatchedFile].
@NullMarked
package io.wishbone.signaling.files;

import org.jspecify.annotations.NullMarked;
