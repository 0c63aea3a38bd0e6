package io.wishbone.webrtc.rtcp;

/// A packet of a type that is not looked into, such as APP or XR. It is known to have been there,
/// its content is not kept, and it is never written.
///
/// @param countOrFormat the five bits beside the version
/// @param length in bytes, with the header
public record UnknownRtcp(int packetType, int countOrFormat, int length) implements RtcpPacket {}
