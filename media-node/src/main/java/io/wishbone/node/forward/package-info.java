/// What of a source a viewer gets, and under which numbers.
///
/// [io.wishbone.node.forward.LayerSelector] decides, packet by packet, whether a viewer gets a
/// packet of an encoding; [io.wishbone.node.forward.PacketRewriter] writes it anew with the
/// viewer's SSRC, payload type, header extensions and numbers. Read
/// [io.wishbone.node.forward.EgressNumbering] first: the numbers of a forwarded packet are a pure
/// function of the source's numbers and a few constants, so that any node that has the source
/// packet and the constants writes the very same bytes. For viewers that get a part of an
/// encoding's layers, [io.wishbone.node.forward.LayerLedger] counts what lies above each target,
/// once for all; [io.wishbone.node.forward.LayerFilter] says when a viewer's target may change.
///
/// **Threads.** On the worker's thread; keeps no clock. Nothing here allocates per packet.
///
/// **Standards.** RFC 3550 section 5.1, RFC 3711 section 3.3.1 (packet index), RFC 8285, RFC 7741
/// section 4.2 (VP8 payload descriptor), RFC 9628 (VP9), AV1 RTP specification, appendix A
/// (dependency descriptor).
///
/// **Left out on purpose.** Choosing by bandwidth: the wish comes from outside.
@NullMarked
package io.wishbone.node.forward;

import org.jspecify.annotations.NullMarked;
