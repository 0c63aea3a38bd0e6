/// Loss repair: finding and requesting what is missing, and answering those who miss something.
///
/// Implements the generic NACK of [RFC 4585](https://www.rfc-editor.org/rfc/rfc4585) section 6.2.1
/// as a procedure ([io.wishbone.webrtc.rtcp.Nack] is the message) and the retransmission payload
/// format of [RFC 4588](https://www.rfc-editor.org/rfc/rfc4588), SSRC multiplexed.
///
/// Read [io.wishbone.webrtc.nack.PacketHistory] first: one an encoding holds the source's latest
/// packets, and the current group of pictures, for all viewers at once.
/// [io.wishbone.webrtc.nack.NackGenerator] asks the publisher;
/// [io.wishbone.webrtc.nack.NackResponder] decides what a viewer that asks will get;
/// [io.wishbone.webrtc.nack.RtxPackets] and [io.wishbone.webrtc.nack.RtxStream] wrap it.
///
/// **Threads.** On the worker's thread; time is an argument, always monotonic nanoseconds. Nothing
/// allocates per packet; a NACK that is sent is a record.
///
/// **Memory.** [io.wishbone.webrtc.nack.PacketMemory] bounds the packets of a whole worker.
/// Besides, a history has tables of 24 bytes a packet, a generator 32 KiB, a responder 4 KiB from
/// its first NACK on.
///
/// **Left out on purpose.** Session multiplexed retransmission (RFC 4588 section 5.1), FEC, the
/// mapping of a viewer's sequence numbers to the source's (that is a pure function which the
/// forwarder owns).
@NullMarked
package io.wishbone.webrtc.nack;

import org.jspecify.annotations.NullMarked;
