/// What signalling tells OpenTelemetry: a trace for each session, from the request that opens it to
/// the command to its media node, where it goes on. What is asked of the session later, by PATCH
/// and DELETE at whichever pod, becomes part of the same trace: the session's record says which it
/// is. See `docs/operations.md` and ADR 36.
///
/// The one package of signalling that knows of OpenTelemetry. What is bound as
/// [io.wishbone.control.TraceParent] is the parent of what begins; nothing else holds a context.
///
/// **Left out on purpose.** A `traceparent` that a client sends: anybody could have what he does
/// recorded, or hide it among others' traces. And the paths of requests, since session URLs are
/// capabilities.
///
/// Read first: [io.wishbone.signaling.tracing.Traces].
@NullMarked
package io.wishbone.signaling.tracing;

import org.jspecify.annotations.NullMarked;
