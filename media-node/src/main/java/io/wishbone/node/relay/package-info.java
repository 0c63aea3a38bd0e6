/// One hop of a stream between two workers, of one node or of two.
///
/// The worker that wants a stream, the **edge**, offers an ordinary encrypted peer connection with
/// a [io.wishbone.node.relay.RelayOffer]; the one that has it, its **parent**, answers with a
/// [io.wishbone.node.relay.RelayAnswer], which holds a [io.wishbone.node.relay.RelayDescription]:
/// codecs, payload types, header extensions, encodings and their packet indexes as the source
/// numbered them. From then on a [io.wishbone.node.relay.RelaySink] sends every packet of every
/// encoding as it came. So the edge's tracks are the source's, and every edge computes the numbers
/// that viewers get from the same source numbers.
///
/// At the edge, a [io.wishbone.node.session.PublisherSession] receives: to it, the parent is a
/// publisher like any other.
///
/// **Threads.** On the worker's thread, time is an argument.
///
/// **Standards.** RFC 8866 and 8843 for the form of offer and answer, RFC 8445 (the edge is the
/// full agent), RFC 3711 section 3.3.1 (packet index).
///
/// **Left out on purpose.** Whom to ask, and for how long: that is decided in `worker`.
/// Renegotiation: a source that is followed by another ends the relay, and the edge asks anew.
@NullMarked
package io.wishbone.node.relay;

import org.jspecify.annotations.NullMarked;
