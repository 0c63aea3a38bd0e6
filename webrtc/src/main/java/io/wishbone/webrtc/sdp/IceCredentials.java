package io.wishbone.webrtc.sdp;

/// `a=ice-ufrag` and `a=ice-pwd` (RFC 8839 section 5.4).
public record IceCredentials(String usernameFragment, String password) {}
