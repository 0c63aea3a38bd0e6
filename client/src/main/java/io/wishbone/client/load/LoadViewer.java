package io.wishbone.client.load;

import io.wishbone.client.net.DatagramEndpoint;
import io.wishbone.webrtc.bwe.ArrivalRecorder;
import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.payload.KeyframeDetector;
import io.wishbone.webrtc.peer.NegotiatedTrack;
import io.wishbone.webrtc.peer.OfferedCodec;
import io.wishbone.webrtc.peer.OfferedMedia;
import io.wishbone.webrtc.peer.OfferingPeer;
import io.wishbone.webrtc.peer.PeerListener;
import io.wishbone.webrtc.rtcp.TransportFeedback;
import io.wishbone.webrtc.rtp.RtpPacket;
import io.wishbone.webrtc.sdp.Direction;
import io.wishbone.webrtc.sdp.MediaKind;
import io.wishbone.webrtc.sdp.SetupRole;
import io.wishbone.webrtc.transport.DropReason;
import io.wishbone.webrtc.transport.PacketProtocol;
import io.wishbone.webrtc.transport.PeerTransport;
import io.wishbone.webrtc.transport.TransportCloseReason;
import io.wishbone.webrtc.transport.TransportParts;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Plays one stream and counts what comes. Packets are counted by their headers; one in so many is
/// decrypted, all until a keyframe has begun, and the last ones of some frames, which say when they
/// were sent.
final class LoadViewer implements DatagramEndpoint, PeerListener {
  private static final int MAX_SOURCES = 4;
  private static final int STAMPED_FRAMES = 4;
  private static final int CLOCK_RATE = 90_000;

  private final OfferingPeer peer;
  private final int sample;
  private final boolean idle;
  private final Durations delays;
  private final List<SourceCount> sources = new ArrayList<>();
  private final RtpPacket header = new RtpPacket();
  private final ArrivalRecorder arrivals = new ArrivalRecorder(1);
  private int transportExtension;
  private int frames;
  private long lastTransit = Long.MIN_VALUE;
  private long jitterNanos;
  private volatile long connectedNanos;
  private volatile long firstPacketNanos;
  private volatile long firstKeyframeNanos;
  private volatile long received;
  private volatile long bytes;
  private volatile @Nullable String ended;

  /// @param sample one packet in so many is decrypted
  /// @param idle whether all that it does, once it is connected, is to show that it is there
  /// @param delays where to note how long packets were on their way
  LoadViewer(TransportParts parts, int sample, boolean idle, Durations delays) {
    this.sample = sample;
    this.idle = idle;
    this.delays = delays;
    this.peer =
        new OfferingPeer(
            Direction.RECVONLY,
            SetupRole.ACTPASS,
            List.of(
                new OfferedMedia(
                    MediaKind.AUDIO,
                    new OfferedCodec(Codec.OPUS, 111, "minptime=10;useinbandfec=1")),
                new OfferedMedia(
                    MediaKind.VIDEO,
                    List.of(
                        new OfferedCodec(Codec.VP8, 96),
                        new OfferedCodec(
                            Codec.H264,
                            102,
                            "level-asymmetry-allowed=1;packetization-mode=1;"
                                + "profile-level-id=42e01f"),
                        new OfferedCodec(Codec.VP9, 98, "profile-id=0")),
                    List.of())),
            parts,
            new SecureRandom(),
            this);
  }

  OfferingPeer peer() {
    return peer;
  }

  /// The SDP to POST.
  ///
  /// @param feedback whether to offer reports of arrivals
  String offer(boolean feedback) {
    if (feedback) {
      return peer.offer();
    }
    return peer.offer()
        .lines()
        .filter(line -> !line.contains("transport-wide-cc") && !line.endsWith(" transport-cc"))
        .map(line -> line + "\r\n")
        .collect(Collectors.joining());
  }

  /// Zero until it is.
  long connectedNanos() {
    return connectedNanos;
  }

  /// Zero until there is one.
  long firstPacketNanos() {
    return firstPacketNanos;
  }

  /// Zero until there is one.
  long firstKeyframeNanos() {
    return firstKeyframeNanos;
  }

  /// Whether it has what it came for, or will not get it.
  boolean isSettled() {
    return firstKeyframeNanos != 0 || ended != null || idles();
  }

  long received() {
    return received;
  }

  long bytes() {
    return bytes;
  }

  /// Why the session is over; null while it is not.
  @Nullable String ended() {
    return ended;
  }

  /// On the session's loop.
  long missing() {
    return sources.stream().mapToLong(SourceCount::missing).sum();
  }

  /// Smoothed as in RFC 3550 section 6.4.1. On the session's loop.
  long jitterNanos() {
    return jitterNanos;
  }

  /// Packets that were decrypted and were not authentic. On the session's loop.
  long refused() {
    PeerTransport transport = peer.transport();
    return transport == null ? 0 : transport.drops().of(DropReason.SRTP_REFUSED);
  }

  /// Counts from now on, as if nothing had come before. On the session's loop.
  void forget() {
    sources.clear();
    received = 0;
    bytes = 0;
  }

  @Override
  public void handleDatagram(
      ByteBuffer buffer, int offset, int length, InetSocketAddress source, long nowNanos) {
    boolean isRtp =
        connectedNanos != 0
            && length > RtpPacket.FIXED_HEADER_LENGTH
            && PacketProtocol.of(buffer, offset, length) == PacketProtocol.RTP;
    if (!isRtp) {
      if (idles() && PacketProtocol.of(buffer, offset, length) == PacketProtocol.RTCP) {
        return;
      }
      peer.handleDatagram(buffer, offset, length, source, nowNanos);
      return;
    }
    int sequenceNumber = Short.toUnsignedInt(buffer.getShort(offset + 2));
    boolean marker = buffer.get(offset + 1) < 0;
    received = received + 1;
    bytes = bytes + length;
    if (idles()) {
      return;
    }
    if (firstPacketNanos == 0) {
      firstPacketNanos = nowNanos;
    }
    count(buffer.getInt(offset + 8), sequenceNumber);
    recordArrival(buffer, offset, length, nowNanos);
    if (marker) {
      frames++;
      jitter(buffer.getInt(offset + 4), nowNanos);
    }
    boolean opened =
        firstKeyframeNanos == 0
            || sequenceNumber % sample == 0
            || marker && frames % STAMPED_FRAMES == 0;
    if (opened) {
      peer.handleDatagram(buffer, offset, length, source, nowNanos);
    } else {
      peer.skim(buffer, offset, length, nowNanos);
    }
  }

  /// As browsers do: a server that estimates what a viewer's path carries relies on it.
  private void recordArrival(ByteBuffer buffer, int offset, int length, long nowNanos) {
    if (transportExtension == 0 || !header.wrap(buffer, offset, length)) {
      return;
    }
    int at = header.extensionOffset(transportExtension);
    if (at >= 0 && header.extensionLength(transportExtension) == Short.BYTES) {
      arrivals.onPacket(header.ssrc(), Short.toUnsignedInt(buffer.getShort(at)), nowNanos);
    }
  }

  private void count(int ssrc, int sequenceNumber) {
    for (int i = 0; i < sources.size(); i++) {
      if (sources.get(i).ssrc() == ssrc) {
        sources.get(i).onPacket(sequenceNumber);
        return;
      }
    }
    if (sources.size() < MAX_SOURCES) {
      var source = new SourceCount(ssrc);
      source.onPacket(sequenceNumber);
      sources.add(source);
    }
  }

  private void jitter(int timestamp, long nowNanos) {
    long transit = nowNanos - Integer.toUnsignedLong(timestamp) * 1_000_000_000L / CLOCK_RATE;
    if (lastTransit != Long.MIN_VALUE) {
      long difference = Math.abs(transit - lastTransit);
      // A wrap of the timestamps, or another source.
      if (difference < 10_000_000_000L) {
        jitterNanos += (difference - jitterNanos) / 16;
      }
    }
    lastTransit = transit;
  }

  @Override
  public void onRtp(String mid, RtpPacket packet, long packetIndex, long nowNanos) {
    if (firstKeyframeNanos == 0 && startsKeyframe(mid, packet)) {
      firstKeyframeNanos = nowNanos;
    }
    if (packet.marker()) {
      long sent =
          SyntheticVideo.sentNanos(packet.buffer(), packet.payloadOffset(), packet.payloadLength());
      if (sent >= 0) {
        delays.record(nowNanos - sent);
      }
    }
  }

  private boolean startsKeyframe(String mid, RtpPacket packet) {
    for (NegotiatedTrack track : peer.tracks()) {
      if (track.mid().equals(mid) && track.kind() == MediaKind.VIDEO) {
        return KeyframeDetector.startsKeyframe(
            track.codec(), packet.buffer(), packet.payloadOffset(), packet.payloadLength());
      }
    }
    return false;
  }

  private boolean idles() {
    return idle && connectedNanos != 0;
  }

  @Override
  public long nextTimeoutNanos() {
    PeerTransport transport = peer.transport();
    if (idles() && transport != null) {
      return transport.nextTimeoutNanos();
    }
    return Math.min(peer.nextTimeoutNanos(), arrivals.nextTimeoutNanos());
  }

  @Override
  public void handleTimeout(long nowNanos) {
    PeerTransport transport = peer.transport();
    if (idles() && transport != null) {
      transport.handleTimeout(nowNanos);
      return;
    }
    if (peer.nextTimeoutNanos() <= nowNanos) {
      peer.handleTimeout(nowNanos);
    }
    List<TransportFeedback> feedback = arrivals.handleTimeout(nowNanos);
    if (!feedback.isEmpty()) {
      peer.sendRtcp(List.copyOf(feedback));
    }
  }

  @Override
  public void onConnected(long nowNanos) {
    for (NegotiatedTrack track : peer.tracks()) {
      transportExtension = Math.max(transportExtension, track.transportCcExtension());
    }
    connectedNanos = nowNanos;
  }

  @Override
  public void onClosed(TransportCloseReason reason, String detail, long nowNanos) {
    ended = reason + ": " + detail;
  }
}
