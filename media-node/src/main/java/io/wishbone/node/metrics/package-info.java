/// What operators measure of a media node, in Micrometer's terms. The one package that knows of
/// Micrometer: everything below tells plain listeners.
///
/// **Threads.** Meters are told on the workers' threads and read on any.
///
/// **Left out on purpose.** Labels of streams, sessions or addresses: each new label costs memory
/// for good, and a name may be a secret.
@NullMarked
package io.wishbone.node.metrics;

import org.jspecify.annotations.NullMarked;
