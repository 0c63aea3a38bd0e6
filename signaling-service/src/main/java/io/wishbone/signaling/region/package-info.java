/// In which region a client is: what a proxy that is trusted says of it, or where its address is
/// according to the operator's database, or else where this process runs.
///
/// Threads: any. A lookup reads memory.
///
/// Read first: [io.wishbone.signaling.region.ClientPlace].
@NullMarked
package io.wishbone.signaling.region;

import org.jspecify.annotations.NullMarked;
