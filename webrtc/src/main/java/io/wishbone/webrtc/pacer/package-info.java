/// Lets packets go evenly instead of in bursts, the urgent ones first.
///
/// A keyframe is ten times a frame; sent at once it fills the queue of the bottleneck, which then
/// loses what comes behind. The pacer of a viewer spreads it over some tens of milliseconds, lets
/// sound pass, and sends what bandwidth estimation wants to probe with.
///
/// Read [io.wishbone.webrtc.pacer.Pacer] first. It holds no packets, only who they are: whoever
/// sends finds them again, in the [packet history][io.wishbone.webrtc.nack.PacketHistory] that all
/// viewers share.
///
/// **Threads.** One instance a viewer, on the worker's thread; time is an argument. Nothing
/// allocates per packet.
///
/// **Memory.** 20 bytes a waiting packet, at most 4096 of them; 4 KiB while few wait.
///
/// **Standards.** None says how; draft-ietf-rmcat-gcc-02 section 4 asks for it.
///
/// **Left out on purpose.** Packets' contents, and the choice of what is sent.
@NullMarked
package io.wishbone.webrtc.pacer;

import org.jspecify.annotations.NullMarked;
