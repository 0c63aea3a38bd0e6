/// Where datagrams enter and leave: one UDP channel and one timer on one event loop per worker.
///
/// A packet's journey begins and ends here. [io.wishbone.node.io.MediaLoop] reads datagrams, hands
/// them to its [io.wishbone.node.worker.MediaWorker], and writes what the worker queued in the
/// [io.wishbone.node.io.SendArena] once per turn of the loop. DTLS steps, which cost milliseconds,
/// leave the loop through [io.wishbone.node.io.VirtualThreadOffload] and come back to it.
///
/// **Threads.** Everything that touches a worker runs on the worker's event loop;
/// [io.wishbone.node.io.MediaLoop#execute] is the only way in from elsewhere.
///
/// **Runs.** What one viewer gets at a time lies side by side in the arena and leaves as one
/// segmented datagram, where the kernel has those: [io.wishbone.node.io.Segmentation] tries, once.
/// [io.wishbone.node.io.SendCounters] says how long runs are, which decides what a packet costs.
///
/// This is the only package that knows Vert.x and Netty. The Vert.x `DatagramSocket` cannot batch,
/// so the channel is opened on the event loop directly, through internal interfaces of Vert.x 4.
@NullMarked
package io.wishbone.node.io;

import org.jspecify.annotations.NullMarked;
