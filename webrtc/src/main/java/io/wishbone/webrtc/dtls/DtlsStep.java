package io.wishbone.webrtc.dtls;

import java.util.List;

/// What one step of a [DtlsAssociation] brought about.
///
/// @param datagrams to be sent to the peer, in this order, each at most 1,200 bytes
/// @param state where the association stands now
/// @param nextTimeoutNanos when [DtlsAssociation#handleTimeout] wants to be called, on the clock of
///   the caller; `Long.MAX_VALUE` = never
public record DtlsStep(List<byte[]> datagrams, DtlsState state, long nextTimeoutNanos) {}
