/// What a media node tells OpenTelemetry: how the trace of a session goes on that began with a
/// request to signalling. The one package of the node that knows of OpenTelemetry.
///
/// Workers know nothing of it. They tell their listener of milestones, with the loop's time; spans
/// are made of those afterwards, and end when they begin. Commands that come as part of a trace are
/// recorded from their arrival to their reply, and so is what one node asks of another for the sake
/// of a viewer.
///
/// **Threads.** Commands come on a carrier's thread, milestones on the workers'.
///
/// **Left out on purpose.** Packets: a trace ends when media flow. Addresses of peers,
/// descriptions, ids of sessions: traces are shown to more people than may end sessions.
///
/// Read first: [io.wishbone.node.tracing.NodeTraces].
@NullMarked
package io.wishbone.node.tracing;

import org.jspecify.annotations.NullMarked;
