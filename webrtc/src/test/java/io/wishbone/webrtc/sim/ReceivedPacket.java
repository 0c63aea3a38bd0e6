package io.wishbone.webrtc.sim;

/// One RTP packet as a [SimViewer] got it, decrypted.
///
/// @param packetIndex sequence number extended by the rollover counter
public record ReceivedPacket(
    String mid,
    long ssrc,
    int payloadType,
    long packetIndex,
    long timestamp,
    boolean marker,
    byte[] payload,
    long atNanos) {}
