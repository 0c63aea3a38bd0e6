/// The stores' caches on Infinispan Servers, for clusters: the same interface as the embedded ones
/// and the same stores above it.
///
/// Threads: any, but never an event loop; an operation waits for a network. What a request asks for
/// is done on a virtual thread, which may outlast the request. A thread of its own watches whether
/// the servers are there.
///
/// Left out on purpose: near caches of Hot Rod. Such a copy of a node outlives the node's lifespan,
/// and one of anything that is changed by compare-and-set makes the change fail.
///
/// Read first: [io.wishbone.store.remote.RemoteCaches].
@NullMarked
package io.wishbone.store.remote;

import org.jspecify.annotations.NullMarked;
