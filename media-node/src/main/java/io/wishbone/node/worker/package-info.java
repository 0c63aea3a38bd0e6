/// All sessions, streams and timers of one thread.
///
/// [io.wishbone.node.worker.MediaWorker] is the class to read first. A datagram comes in; its first
/// byte says what it is (RFC 7983); the username fragment of a connectivity check, or else the
/// address that such a check has validated, says whose it is; the session's
/// [io.wishbone.webrtc.transport.PeerTransport] opens it, and the media side of the session
/// ([io.wishbone.node.session.PeerSession]) takes it on. Commands open, change and close sessions;
/// what happens to them is told to a [io.wishbone.node.worker.WorkerListener].
///
/// [io.wishbone.node.worker.Relays] are the streams that a worker has from other workers, and those
/// that it sends on to them; `Upstreams` and `Downstreams` are the two sides of that.
///
/// **Threads.** One, the worker's event loop. No clock, no thread, no socket in here: time is an
/// argument and datagrams go to an outbox, so that a test runs hours of a worker's life in
/// simulated time.
///
/// **Left out on purpose.** Anything about the cluster: a worker does not know who commands it.
@NullMarked
package io.wishbone.node.worker;

import org.jspecify.annotations.NullMarked;
