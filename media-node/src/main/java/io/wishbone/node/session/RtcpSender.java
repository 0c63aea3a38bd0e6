package io.wishbone.node.session;

import io.wishbone.webrtc.rtcp.ReceiverReport;
import io.wishbone.webrtc.rtcp.RtcpPacket;
import io.wishbone.webrtc.rtcp.SenderReport;
import io.wishbone.webrtc.rtcp.SourceDescription;
import io.wishbone.webrtc.transport.PeerTransport;
import java.util.ArrayList;
import java.util.List;

/// Sends RTCP in the form that the peer agreed to: compound packets begin with a report and name
/// their sender (RFC 3550 section 6.1), unless reduced size was negotiated (RFC 5506).
final class RtcpSender {
  private final PeerTransport transport;
  private final boolean reducedSize;
  private final long ssrc;
  private final String canonicalName;

  RtcpSender(PeerTransport transport, boolean reducedSize, long ssrc, String canonicalName) {
    this.transport = transport;
    this.reducedSize = reducedSize;
    this.ssrc = ssrc;
    this.canonicalName = canonicalName;
  }

  /// Whom feedback names as its sender.
  long ssrc() {
    return ssrc;
  }

  String canonicalName() {
    return canonicalName;
  }

  /// Sends feedback, or reports, which already come first.
  void send(RtcpPacket first, RtcpPacket... more) {
    List<RtcpPacket> packets = new ArrayList<>();
    boolean isReport = first instanceof ReceiverReport || first instanceof SenderReport;
    if (!isReport && !reducedSize) {
      packets.add(new ReceiverReport(ssrc, List.of()));
      packets.add(SourceDescription.ofCanonicalName(ssrc, canonicalName));
    }
    packets.add(first);
    packets.addAll(List.of(more));
    transport.sendRtcp(packets);
  }
}
