package io.wishbone.webrtc.sdp;

/// One `a=candidate` (RFC 8839 section 5.1). The address is kept as text: it may be a `.local`
/// name.
public record IceCandidate(
    String foundation,
    int component,
    String transport,
    long priority,
    String address,
    int port,
    String type) {}
