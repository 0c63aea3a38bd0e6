package io.wishbone.signaling.session;

import io.wishbone.signaling.http.ProblemException;
import io.wishbone.store.RemoteIce;
import io.wishbone.webrtc.sdp.IceCredentials;
import io.wishbone.webrtc.sdp.MediaDescription;
import io.wishbone.webrtc.sdp.SdpParseException;
import io.wishbone.webrtc.sdp.SessionDescription;

/// An answer to an offer of ours that is worth sending to a media node.
///
/// @param remoteIce the credentials of the first section that was taken: all share its transport
record Answer(RemoteIce remoteIce) {

  /// @throws ProblemException 400 when this is no answer
  static Answer parse(String text) {
    SessionDescription description = description(text);
    for (MediaDescription section : description.media()) {
      if (!section.isRejected()) {
        IceCredentials ice = section.iceCredentials();
        if (ice == null) {
          throw ProblemException.malformed("the answer has no a=ice-ufrag and a=ice-pwd");
        }
        return new Answer(new RemoteIce(ice.usernameFragment(), ice.password()));
      }
    }
    throw ProblemException.unprocessable("the answer takes no m-line");
  }

  private static SessionDescription description(String text) {
    try {
      return SessionDescription.parse(text);
    } catch (SdpParseException e) {
      throw ProblemException.malformed("the answer is no SDP, " + e.getMessage());
    }
  }
}
