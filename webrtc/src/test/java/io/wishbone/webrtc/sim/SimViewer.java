package io.wishbone.webrtc.sim;

import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.peer.NegotiatedTrack;
import io.wishbone.webrtc.peer.OfferedCodec;
import io.wishbone.webrtc.peer.OfferedMedia;
import io.wishbone.webrtc.rtcp.RtcpPacket;
import io.wishbone.webrtc.rtcp.SenderReport;
import io.wishbone.webrtc.rtp.RtpPacket;
import io.wishbone.webrtc.sdp.Direction;
import io.wishbone.webrtc.sdp.MediaKind;
import io.wishbone.webrtc.sdp.SetupRole;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A viewer that keeps every packet it could decrypt, and fails when their numbers or times cannot
/// be.
public final class SimViewer extends SimPeer {
  private static final List<OfferedMedia> OFFER =
      List.of(
          new OfferedMedia(MediaKind.AUDIO, new OfferedCodec(Codec.OPUS, 109)),
          new OfferedMedia(
              MediaKind.VIDEO,
              new OfferedCodec(Codec.VP8, 120),
              new OfferedCodec(
                  Codec.H264,
                  126,
                  "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f")));

  private static final OfferedCodec VP8 = new OfferedCodec(Codec.VP8, 120);

  private final List<ReceivedPacket> packets = new ArrayList<>();
  private final ReceivedOrder order = new ReceivedOrder();
  private final List<SenderReport> senderReports = new ArrayList<>();
  private @Nullable ViewerRepair repair;
  private @Nullable ViewerEstimate estimate;

  private SimViewer(SimNetwork network, String host, List<OfferedMedia> offer) {
    this(network, host, SetupRole.ACTPASS, offer);
  }

  private SimViewer(SimNetwork network, String host, SetupRole setup, List<OfferedMedia> media) {
    super(network, network.randomForPeer(), host, Direction.RECVONLY, setup, media, List.of());
  }

  /// Opus, VP8 or H.264, under other payload types than [SimPublisher] uses.
  public static SimViewer open(SimNetwork network, String host) {
    return new SimViewer(network, host, OFFER);
  }

  /// The same, asking for what is lost as a browser does: VP8 with retransmissions, and feedback on
  /// transport-wide numbers.
  public static SimViewer repairing(SimNetwork network, String host) {
    return repairing(network, host, new OfferedCodec(Codec.VP8, 120).withRtx(121));
  }

  /// The same without feedback on transport-wide numbers: what its way carries it says by REMB.
  public static SimViewer estimating(SimNetwork network, String host) {
    SimViewer viewer = of(network, host, new OfferedCodec(Codec.OPUS, 109), VP8);
    viewer.estimate = new ViewerEstimate(viewer.peer());
    return viewer;
  }

  /// The same again without REMB: it sends receiver reports, and nothing else.
  public static SimViewer reporting(SimNetwork network, String host) {
    return of(network, host, new OfferedCodec(Codec.OPUS, 109), VP8);
  }

  /// The offer of who hears nothing of transport-wide numbers.
  ///
  /// @param estimates whether it can send REMB
  public String offerWithoutArrivals(boolean estimates) {
    String offer =
        offer()
            .replaceAll("a=extmap:\\d+ http\\S+transport-wide-cc\\S+\r\n", "")
            .replaceAll("a=rtcp-fb:\\d+ transport-cc\r\n", "");
    return estimates
        ? offer.replaceAll("(a=rtcp-fb:\\d+) nack pli\r\n", "$0$1 goog-remb\r\n")
        : offer;
  }

  /// The same for another picture.
  public static SimViewer repairing(SimNetwork network, String host, OfferedCodec video) {
    var viewer =
        new SimViewer(
            network,
            host,
            List.of(
                new OfferedMedia(MediaKind.AUDIO, new OfferedCodec(Codec.OPUS, 109)),
                new OfferedMedia(MediaKind.VIDEO, video)));
    viewer.repair = new ViewerRepair(viewer.peer(), video.rtxPayloadType());
    return viewer;
  }

  /// One codec each for sound and picture.
  public static SimViewer of(
      SimNetwork network, String host, OfferedCodec audio, OfferedCodec video) {
    return new SimViewer(
        network,
        host,
        List.of(
            new OfferedMedia(MediaKind.AUDIO, audio), new OfferedMedia(MediaKind.VIDEO, video)));
  }

  /// Sound or picture alone, in these codecs.
  public static SimViewer only(
      SimNetwork network, String host, MediaKind kind, OfferedCodec... codecs) {
    return new SimViewer(network, host, List.of(new OfferedMedia(kind, codecs)));
  }

  /// Answers an offer of these sections: what [#offer] says is the answer, and [#acceptOffer] takes
  /// the offer.
  ///
  /// @param setup `ACTIVE` to be the DTLS client, `PASSIVE` to be the server
  public static SimViewer answering(
      SimNetwork network, String host, SetupRole setup, OfferedMedia... offered) {
    return new SimViewer(network, host, setup, List.of(offered));
  }

  /// Takes the offer that this viewer answers, and starts to connect. The peer underneath knows
  /// offers of its own only: the other side tells it which role is left.
  public void acceptOffer(String offer) {
    boolean active = offer().contains("a=setup:active");
    accept(offer.replace("a=setup:actpass", active ? "a=setup:passive" : "a=setup:active"));
  }

  public List<ReceivedPacket> packets() {
    return packets;
  }

  public List<ReceivedPacket> packets(MediaKind kind) {
    List<String> mids =
        peer().tracks().stream()
            .filter(track -> track.kind() == kind)
            .map(NegotiatedTrack::mid)
            .toList();
    return packets.stream().filter(packet -> mids.contains(packet.mid())).toList();
  }

  /// Which share of the sound has come, between the first packet of it and the last; 0 without any.
  public double soundShare() {
    List<ReceivedPacket> sound = packets(MediaKind.AUDIO);
    LongSummaryStatistics numbers =
        sound.stream().mapToLong(ReceivedPacket::packetIndex).summaryStatistics();
    return sound.isEmpty() ? 0 : (double) sound.size() / (numbers.getMax() - numbers.getMin() + 1);
  }

  public List<SenderReport> senderReports() {
    return senderReports;
  }

  /// Reports the picture of `ssrc` as lost.
  public void requestKeyframe(long ssrc) {
    peer().requestKeyframe(ssrc);
  }

  @Override
  public void onRtp(String mid, RtpPacket received, long receivedIndex, long nowNanos) {
    if (estimate != null) {
      estimate.onPacket(received, nowNanos);
    }
    RtpPacket packet = received;
    long packetIndex = receivedIndex;
    if (repair != null) {
      packet = repair.receive(mid, received, receivedIndex, nowNanos);
      if (packet == null) {
        return;
      }
      packetIndex = repair.packetIndex();
    }
    byte[] payload = new byte[packet.payloadLength()];
    packet.buffer().get(packet.payloadOffset(), payload);
    var kept =
        new ReceivedPacket(
            mid,
            packet.ssrc(),
            packet.payloadType(),
            packetIndex,
            packet.timestamp(),
            packet.marker(),
            payload,
            descriptor(mid, packet),
            nowNanos);
    order.add(kept);
    packets.add(kept);
  }

  private byte @Nullable [] descriptor(String mid, RtpPacket packet) {
    int id = 0;
    for (NegotiatedTrack track : peer().tracks()) {
      id = track.mid().equals(mid) ? track.dependencyDescriptorExtension() : id;
    }
    int data = id == 0 ? -1 : packet.extensionOffset(id);
    if (data < 0) {
      return null;
    }
    byte[] descriptor = new byte[packet.extensionLength(id)];
    packet.buffer().get(data, descriptor);
    return descriptor;
  }

  /// What this viewer asked for, and got.
  public ViewerRepair repair() {
    return Objects.requireNonNull(repair, "this viewer does not repair");
  }

  @Override
  public long nextTimeoutNanos() {
    long next = super.nextTimeoutNanos();
    next = estimate == null ? next : Math.min(next, estimate.nextTimeoutNanos());
    return repair == null ? next : Math.min(next, repair.nextTimeoutNanos());
  }

  @Override
  public void handleTimeout(long nowNanos) {
    super.handleTimeout(nowNanos);
    if (estimate != null) {
      estimate.handleTimeout(nowNanos);
    }
    if (repair != null) {
      repair.handleTimeout(nowNanos);
    }
  }

  @Override
  public void onRtcp(List<RtcpPacket> received, long nowNanos) {
    for (RtcpPacket packet : received) {
      if (packet instanceof SenderReport report) {
        senderReports.add(report);
      }
    }
  }
}
