/// A media node: terminates WebRTC sessions and forwards their media on event loops.
///
/// [io.wishbone.node.MediaNode] puts it together, starts and stops it. The packages, outermost
/// first, each calling only those below it:
///
/// | package | what it does |
/// |---|---|
/// | `node` | composition root, lifecycle, configuration |
/// | `control` | commands in, replies and events out, heartbeat |
/// | `io` | one UDP channel, timer and send arena per event loop |
/// | `worker` | all sessions and streams of one thread; whose is this datagram? |
/// | `session` | a publisher's or viewer's media and feedback, around its transport |
/// | `negotiation`, `stream` | offer to answer; one source, many sinks |
/// | `forward` | which packets a viewer gets, under which numbers |
///
/// **A packet's way.** `io` reads a datagram on the worker's event loop; `worker` finds its session
/// by the address that a connectivity check has validated; the transport authenticates and decrypts
/// it in place; `session` finds its encoding and keeps statistics; `stream` shows it to every
/// viewer; `forward` decides and rewrites; the viewer's transport protects it in the send arena;
/// `io` sends the arena when the turn of the loop ends. No thread changes on that way, and nothing
/// locks.
///
/// **Wiring.** A program provides an `io.wishbone.control.EventPublisher` bean, and registers
/// [io.wishbone.node.MediaNode#commands] under [io.wishbone.node.MediaNode#id] with its carrier
/// when it observes its own start; the node has started by then.
@NullMarked
package io.wishbone.node;

import org.jspecify.annotations.NullMarked;
