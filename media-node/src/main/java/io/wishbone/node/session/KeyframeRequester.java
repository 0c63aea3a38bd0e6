package io.wishbone.node.session;

import io.wishbone.node.negotiation.Feedback;
import io.wishbone.webrtc.rtcp.FullIntraRequest;
import io.wishbone.webrtc.rtcp.PictureLossIndication;
import java.util.List;

/// Asks a publisher for keyframes in the way that it understands: PLI, else FIR, else not at all
/// (FFmpeg offers neither).
final class KeyframeRequester {
  private final RtcpSender rtcp;
  private int demands;
  private long sent;

  KeyframeRequester(RtcpSender rtcp) {
    this.rtcp = rtcp;
  }

  void request(IncomingEncoding encoding) {
    long media = encoding.encoding().ssrc();
    var agreed = encoding.negotiated().feedback();
    if (agreed.contains(Feedback.PICTURE_LOSS)) {
      rtcp.send(new PictureLossIndication(rtcp.ssrc(), media));
      sent++;
    } else if (agreed.contains(Feedback.FULL_INTRA_REQUEST)) {
      int sequence = demands++ & 0xFF;
      rtcp.send(
          new FullIntraRequest(rtcp.ssrc(), List.of(new FullIntraRequest.Entry(media, sequence))));
      sent++;
    }
  }

  /// Requests that went out.
  long sent() {
    return sent;
  }
}
