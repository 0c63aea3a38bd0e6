/// What operators measure of a media node, in Micrometer's terms. The one package that knows of
/// Micrometer: everything below tells plain listeners.
///
/// What happens once is counted when a listener hears of it. What sessions come to is looked at by
/// a census every five seconds, some sessions a turn; a scrape reads what the latest one has found.
///
/// **Threads.** Meters are told on the workers' threads and read on any.
///
/// **Left out on purpose.** Labels of streams, sessions or addresses: each new label costs memory
/// for good, and a name may be a secret. Figures of single streams are to be had from signalling,
/// for those that somebody asks for.
///
/// Read first: [io.wishbone.node.metrics.NodeMeters].
@NullMarked
package io.wishbone.node.metrics;

import org.jspecify.annotations.NullMarked;
