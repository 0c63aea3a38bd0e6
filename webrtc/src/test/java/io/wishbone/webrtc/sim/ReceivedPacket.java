package io.wishbone.webrtc.sim;

import org.jspecify.annotations.Nullable;

/// One RTP packet as a [SimViewer] got it, decrypted.
///
/// @param descriptor its dependency descriptor, null for none
/// @param packetIndex sequence number extended by the rollover counter
public record ReceivedPacket(
    String mid,
    long ssrc,
    int payloadType,
    long packetIndex,
    long timestamp,
    boolean marker,
    byte[] payload,
    byte @Nullable [] descriptor,
    long atNanos) {}
