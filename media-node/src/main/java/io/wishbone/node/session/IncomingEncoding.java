package io.wishbone.node.session;

import io.wishbone.node.negotiation.NegotiatedTrack;
import io.wishbone.node.stream.Encoding;
import io.wishbone.node.stream.Track;
import io.wishbone.webrtc.stats.ReceptionStatistics;

/// An encoding as the publisher's session receives it.
///
/// @param section which of the negotiated tracks it is of
/// @param negotiated what was agreed on for its track
record IncomingEncoding(
    int section,
    NegotiatedTrack negotiated,
    Track track,
    Encoding encoding,
    ReceptionStatistics statistics) {}
