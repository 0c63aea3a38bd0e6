/// Which quality of a picture a viewer's path has room for.
///
/// [io.wishbone.node.allocation.QualityChoice] is the class to read first: bitrates in, a quality
/// out, with memory of how the last ascent ended. Pure: it knows no streams and no sessions.
///
/// **Threads.** On the worker's thread; time is an argument. Nothing allocates.
///
/// **Left out on purpose.** Sharing an estimate out among several pictures: a stream has one.
@NullMarked
package io.wishbone.node.allocation;

import org.jspecify.annotations.NullMarked;
