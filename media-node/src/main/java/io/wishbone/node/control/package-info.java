/// The node's end of the control language: commands in, replies and events out, a heartbeat.
///
/// [io.wishbone.node.control.NodeCommands] takes a command on whatever thread the carrier has,
/// finds the worker that the session's stream lives on, and hops to that worker's event loop;
/// replies and events leave from there. All sessions of a stream are on one worker, so that packets
/// never change threads: [io.wishbone.node.control.Placements] remembers which.
///
/// **Threads.** Commands come on any thread, work is done on event loops, heartbeats on a thread of
/// their own. Nothing here blocks.
///
/// Only this package speaks `media-control`; workers have words of their own, which are translated
/// here.
@NullMarked
package io.wishbone.node.control;

import org.jspecify.annotations.NullMarked;
