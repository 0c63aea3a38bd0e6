package io.wishbone.control;

import org.jspecify.annotations.Nullable;

/// What a node has measured of a session: of what it receives from a publisher, or sends to a
/// viewer.
///
/// @param packets of media, so far
/// @param bytes of media without headers, so far
/// @param bitrate lately, in bits per second
/// @param lost packets that did not come, so far
/// @param loss the share of packets that was lost lately, 0 to 1
/// @param nacks packets that were asked for again, so far
/// @param repaired packets that came, or were sent, again, so far
/// @param keyframeRequests how often a keyframe was asked for, so far
/// @param roundTripMillis there and back; null while it is not known
/// @param jitterMillis how unevenly packets arrive (RFC 3550); null while it is not known
public record SessionFigures(
    long packets,
    long bytes,
    long bitrate,
    long lost,
    double loss,
    long nacks,
    long repaired,
    long keyframeRequests,
    @Nullable Double roundTripMillis,
    @Nullable Double jitterMillis) {}
