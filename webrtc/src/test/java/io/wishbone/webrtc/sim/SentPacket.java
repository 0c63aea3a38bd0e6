package io.wishbone.webrtc.sim;

/// One RTP packet as a [SimPublisher] sent it.
///
/// @param number counts the packets of its SSRC
public record SentPacket(long ssrc, long number, long timestamp, byte[] payload) {}
