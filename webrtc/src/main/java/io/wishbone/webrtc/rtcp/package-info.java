/// RTCP packets as records, and their way from and to bytes.
///
/// Implements [RFC 3550](https://www.rfc-editor.org/rfc/rfc3550) section 6 (SR, RR, SDES, BYE),
/// [RFC 4585](https://www.rfc-editor.org/rfc/rfc4585) section 6 (generic NACK, PLI), [RFC
/// 5104](https://www.rfc-editor.org/rfc/rfc5104) section 4.3.1 (FIR), draft-alvestrand-rmcat-remb
/// (REMB) and draft-holmer-rmcat-transport-wide-cc-extensions-01 (transport feedback). Compound and
/// reduced-size packets ([RFC 5506](https://www.rfc-editor.org/rfc/rfc5506)) are read alike.
///
/// Read [io.wishbone.webrtc.rtcp.RtcpCodec] first: it cuts a compound packet up and hands the parts
/// to one file a packet type. [io.wishbone.webrtc.rtcp.RtcpPacket] lists the types.
///
/// Pure functions over immutable records, on whichever thread calls them.
///
/// Left out on purpose: when to send (that is the session's affair), APP and XR (read as
/// [io.wishbone.webrtc.rtcp.UnknownRtcp]), profile-specific extensions of SR and RR.
@NullMarked
package io.wishbone.webrtc.rtcp;

import org.jspecify.annotations.NullMarked;
