package io.wishbone.webrtc.sim;

import io.wishbone.webrtc.bwe.ArrivalRecorder;
import io.wishbone.webrtc.nack.NackGenerator;
import io.wishbone.webrtc.nack.NackPolicy;
import io.wishbone.webrtc.nack.RtxPackets;
import io.wishbone.webrtc.peer.NegotiatedTrack;
import io.wishbone.webrtc.peer.OfferingPeer;
import io.wishbone.webrtc.rtcp.Nack;
import io.wishbone.webrtc.rtp.RtpPacket;
import io.wishbone.webrtc.rtp.SequenceNumbers;
import io.wishbone.webrtc.sdp.MediaKind;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a browser does that has lost something of its picture: asks for it, unwraps what comes, and
/// reports when each packet of the transport arrived.
public final class ViewerRepair {
  private static final long SSRC = 77;

  private final OfferingPeer peer;
  private final int rtxPayloadType;
  private final ArrivalRecorder arrivals = new ArrivalRecorder(SSRC);
  private final RtpPacket unwrapped = new RtpPacket();
  private final Set<Long> indexes = new HashSet<>();
  private @Nullable NackGenerator nacks;
  private long ssrc;
  private long highest;
  private long packetIndex;
  private long retransmissions;
  private long padding;
  private long duplicates;
  private boolean silent;
  private boolean asksForNothing;

  ViewerRepair(OfferingPeer peer, int rtxPayloadType) {
    this.peer = peer;
    this.rtxPayloadType = rtxPayloadType;
  }

  /// Asks for nothing any more, and reports nothing.
  public void fallSilent() {
    silent = true;
  }

  /// Asks for no packet any more, but reports what arrives.
  public void askForNothing() {
    asksForNothing = true;
  }

  /// The packet as it was before it was lost; null when there is none, or it came before.
  @Nullable RtpPacket receive(String mid, RtpPacket packet, long index, long nowNanos) {
    NegotiatedTrack track =
        peer.tracks().stream().filter(each -> each.mid().equals(mid)).findFirst().orElseThrow();
    recordArrival(track, packet, nowNanos);
    packetIndex = index;
    if (track.kind() != MediaKind.VIDEO) {
      return packet;
    }
    if (rtxPayloadType != 0 && packet.payloadType() == rtxPayloadType) {
      return unwrap(track, packet, nowNanos);
    }
    if (nacks == null) {
      ssrc = packet.ssrc();
      nacks = new NackGenerator(SSRC, ssrc, NackPolicy.VIDEO);
    }
    return once(packet, nowNanos);
  }

  private @Nullable RtpPacket unwrap(NegotiatedTrack track, RtpPacket rtx, long nowNanos) {
    int number = RtxPackets.originalSequenceNumber(rtx);
    if (nacks == null || number < 0) {
      padding++;
      return null;
    }
    retransmissions++;
    ByteBuffer buffer = rtx.buffer();
    int offset = rtx.offset() + RtxPackets.OVERHEAD;
    int length = RtxPackets.unwrap(rtx, track.payloadType(), ssrc);
    if (!unwrapped.wrap(buffer, offset, length)) {
      throw new AssertionError("a retransmission of no packet");
    }
    packetIndex = highest + SequenceNumbers.distance(number, (int) highest & 0xFFFF);
    return once(unwrapped, nowNanos);
  }

  private @Nullable RtpPacket once(RtpPacket packet, long nowNanos) {
    highest = Math.max(highest, packetIndex);
    if (nacks != null) {
      nacks.onPacket(packetIndex, nowNanos);
    }
    if (!indexes.add(packetIndex)) {
      duplicates++;
      return null;
    }
    return packet;
  }

  private void recordArrival(NegotiatedTrack track, RtpPacket packet, long nowNanos) {
    int id = track.transportCcExtension();
    int at = id == 0 ? -1 : packet.extensionOffset(id);
    if (at >= 0) {
      arrivals.onPacket(packet.ssrc(), Short.toUnsignedInt(packet.buffer().getShort(at)), nowNanos);
    }
  }

  long packetIndex() {
    return packetIndex;
  }

  /// Retransmissions that came.
  public long retransmissions() {
    return retransmissions;
  }

  /// Packets that only probed.
  public long padding() {
    return padding;
  }

  /// Packets of the picture that came a second time.
  public long duplicates() {
    return duplicates;
  }

  long nextTimeoutNanos() {
    long next = arrivals.nextTimeoutNanos();
    return nacks == null ? next : Math.min(next, nacks.nextTimeoutNanos());
  }

  void handleTimeout(long nowNanos) {
    arrivals.handleTimeout(nowNanos).forEach(feedback -> send(List.of(feedback)));
    NackGenerator generator = nacks;
    if (generator != null) {
      for (Nack nack : generator.handleTimeout(nowNanos)) {
        if (!asksForNothing) {
          send(List.of(nack));
        }
      }
      if (generator.pollKeyframeNeeded() && !silent) {
        peer.requestKeyframe(ssrc);
      }
    }
  }

  private void send(List<io.wishbone.webrtc.rtcp.RtcpPacket> packets) {
    if (!silent) {
      peer.sendRtcp(packets);
    }
  }
}
