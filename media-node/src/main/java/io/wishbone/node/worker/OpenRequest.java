package io.wishbone.node.worker;

import io.wishbone.webrtc.sdp.SessionDescription;

/// A session that is to be opened.
public record OpenRequest(
    String sessionId, String stream, SessionRole role, SessionDescription offer) {}
