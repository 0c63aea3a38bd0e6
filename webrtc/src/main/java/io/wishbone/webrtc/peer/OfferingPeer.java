package io.wishbone.webrtc.peer;

import io.wishbone.webrtc.Outbox;
import io.wishbone.webrtc.ice.ControllingAgent;
import io.wishbone.webrtc.ice.IceCredentialsGenerator;
import io.wishbone.webrtc.rtcp.Nack;
import io.wishbone.webrtc.rtcp.PictureLossIndication;
import io.wishbone.webrtc.rtcp.RtcpCodec;
import io.wishbone.webrtc.rtcp.RtcpPacket;
import io.wishbone.webrtc.rtp.RtpHeaderWriter;
import io.wishbone.webrtc.rtp.RtpPacket;
import io.wishbone.webrtc.sdp.Direction;
import io.wishbone.webrtc.sdp.IceCredentials;
import io.wishbone.webrtc.sdp.SdpParseException;
import io.wishbone.webrtc.sdp.SetupRole;
import io.wishbone.webrtc.transport.PeerTransport;
import io.wishbone.webrtc.transport.TransportCloseReason;
import io.wishbone.webrtc.transport.TransportListener;
import io.wishbone.webrtc.transport.TransportParts;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A publisher or viewer: offers, takes the answer, connects, then sends or receives media.
///
/// The order of calls is [#offer()], [#accept], then datagrams and timeouts until [#close]. Not
/// thread-safe.
public final class OfferingPeer {
  private final Direction direction;
  private final SetupRole setup;
  private final List<OfferedMedia> media;
  private final TransportParts parts;
  private final RandomGenerator random;
  private final PeerListener listener;
  private final IceCredentials credentials;
  private final List<List<OutgoingEncoding>> encodings = new ArrayList<>();
  private final String offer;

  private final RtpPacket packet = new RtpPacket();
  private final RtpHeaderWriter header = new RtpHeaderWriter();
  private final PeerReports reports;
  private final SentHistory sentHistory;
  private final Map<Long, String> midBySsrc = new HashMap<>();

  private List<NegotiatedTrack> tracks = List.of();
  private @Nullable PeerTransport transport;
  private int transportSequenceNumber;

  /// A peer that has not said anything yet.
  ///
  /// @param direction `SENDONLY` to publish, `RECVONLY` to watch
  /// @param setup `ACTPASS` as browsers offer, `PASSIVE` as FFmpeg does, or `ACTIVE` (RFC 8842)
  public OfferingPeer(
      Direction direction,
      SetupRole setup,
      List<OfferedMedia> media,
      TransportParts parts,
      RandomGenerator random,
      PeerListener listener) {
    if (direction != Direction.SENDONLY && direction != Direction.RECVONLY) {
      throw new IllegalArgumentException("a WHIP or WHEP client either sends or receives");
    }
    this.direction = direction;
    this.setup = setup;
    this.media = List.copyOf(media);
    this.parts = parts;
    this.random = random;
    this.listener = listener;
    this.credentials = IceCredentialsGenerator.generate(random);
    this.reports = new PeerReports(random);
    this.sentHistory = new SentHistory(parts.outbox(), random, this::nextTransportNumber);
    for (OfferedMedia section : media) {
      encodings.add(direction == Direction.SENDONLY ? newEncodings(section) : List.of());
    }
    this.offer =
        new OfferWriter(credentials, parts.identity().fingerprint(), setup, direction)
            .write(
                random.nextLong(1, Long.MAX_VALUE),
                media,
                encodings.stream()
                    .map(list -> list.stream().map(OutgoingEncoding::ssrc).toList())
                    .toList());
  }

  private List<OutgoingEncoding> newEncodings(OfferedMedia section) {
    List<OutgoingEncoding> made = new ArrayList<>();
    int count = Math.max(1, section.rids().size());
    for (int i = 0; i < count; i++) {
      String rid = section.rids().isEmpty() ? null : section.rids().get(i);
      long ssrc = random.nextLong(1, 1L << 32);
      // RFC 3711 section 3.3.1: a start in the lower half keeps early losses from confusing the
      // ROC.
      made.add(new OutgoingEncoding(ssrc, rid, random.nextInt(1 << 15)));
    }
    return made;
  }

  /// The SDP to POST.
  public String offer() {
    return offer;
  }

  /// Takes the answer and starts to connect.
  ///
  /// @throws SdpParseException when it is no session description
  /// @throws AnswerRejectedException when it is one, but does not answer this offer
  public void accept(String answer, long nowNanos)
      throws SdpParseException, AnswerRejectedException {
    if (transport != null) {
      throw new IllegalStateException("there is no second answer (RFC 9725 section 3)");
    }
    AnswerReader reader = new AnswerReader(answer, media, setup);
    tracks = reader.tracks(encodings);
    ControllingAgent agent =
        new ControllingAgent(credentials, reader.credentials(), random, nowNanos);
    reader.candidates().forEach(candidate -> agent.addRemoteCandidate(candidate, nowNanos));
    transport =
        new PeerTransport(agent, reader.dtlsRole(), reader.fingerprints(), parts, new Events());
  }

  /// What was agreed on; empty before the answer.
  public List<NegotiatedTrack> tracks() {
    return tracks;
  }

  public boolean isConnected() {
    return transport != null && transport.isConnected();
  }

  /// The transport, once there is an answer.
  public @Nullable PeerTransport transport() {
    return transport;
  }

  public void handleDatagram(
      ByteBuffer buffer, int offset, int length, InetSocketAddress source, long nowNanos) {
    if (transport != null) {
      transport.handleDatagram(buffer, offset, length, source, nowNanos);
    }
  }

  /// Counts an RTP packet in the reports without decrypting it, and so without knowing whether it
  /// is authentic: for those who measure a server with more packets than they can decrypt.
  public void skim(ByteBuffer buffer, int offset, int length, long nowNanos) {
    if (packet.wrap(buffer, offset, length)) {
      NegotiatedTrack track = trackOf(packet);
      if (track != null) {
        reports.received(track, packet, nowNanos);
      }
    }
  }

  public long nextTimeoutNanos() {
    if (transport == null) {
      return Long.MAX_VALUE;
    }
    long next = transport.nextTimeoutNanos();
    return transport.isConnected() ? Math.min(next, reports.nextTimeoutNanos()) : next;
  }

  public void handleTimeout(long nowNanos) {
    if (transport == null) {
      return;
    }
    transport.handleTimeout(nowNanos);
    if (transport.isConnected() && nowNanos >= reports.nextTimeoutNanos()) {
      transport.sendRtcp(reports.due(tracks, nowNanos));
    }
  }

  /// Sends one RTP packet.
  ///
  /// @param timestamp RTP timestamp, unsigned 32 bits
  /// @return whether it went out; `false` before the connection stands
  public boolean send(
      NegotiatedTrack track,
      OutgoingEncoding encoding,
      byte[] payload,
      boolean marker,
      long timestamp,
      long nowNanos) {
    return send(track, encoding, payload, marker, timestamp, null, nowNanos);
  }

  /// The same with a dependency descriptor, which says what the packet's frame is needed for.
  ///
  /// @param descriptor null for none; it is left out when the other side does not take it
  public boolean send(
      NegotiatedTrack track,
      OutgoingEncoding encoding,
      byte[] payload,
      boolean marker,
      long timestamp,
      byte @Nullable [] descriptor,
      long nowNanos) {
    PeerTransport connection = transport;
    if (connection == null || !connection.isConnected()) {
      return false;
    }
    header.start(
        marker, track.payloadType(), encoding.sequenceNumber(), timestamp, encoding.ssrc());
    if (track.midExtension() > 0) {
      header.extension(track.midExtension(), ascii(track.mid()));
    }
    String rid = encoding.rid();
    if (track.ridExtension() > 0 && rid != null) {
      header.extension(track.ridExtension(), ascii(rid));
    }
    if (track.transportCcExtension() > 0) {
      header.extension(track.transportCcExtension(), nextTransportNumber(), 2);
    }
    if (track.dependencyDescriptorExtension() > 0 && descriptor != null) {
      header.extension(track.dependencyDescriptorExtension(), descriptor);
    }
    Outbox outbox = parts.outbox();
    int headerLength = header.length();
    int length = headerLength + payload.length;
    int offset = outbox.claim(length + connection.rtpOverhead());
    header.write(outbox.buffer(), offset);
    outbox.buffer().put(offset + headerLength, payload);
    if (track.answersNacks()) {
      sentHistory.keep(track, encoding, outbox.buffer(), offset, length, timestamp, nowNanos);
    }
    boolean sent = connection.sendRtp(offset, length, encoding.rolloverCounter());
    encoding.sent(payload.length, timestamp, nowNanos);
    return sent;
  }

  private int nextTransportNumber() {
    return transportSequenceNumber++ & 0xffff;
  }

  /// Packets sent a second time because the other side had lost them.
  public long retransmitted() {
    return sentHistory.retransmitted();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  }

  /// Asks the sender of `mediaSsrc` for a keyframe (RFC 4585 section 6.3.1).
  public boolean requestKeyframe(long mediaSsrc) {
    return transport != null
        && transport.sendRtcp(List.of(new PictureLossIndication(reports.ssrc(), mediaSsrc)));
  }

  /// Sends any RTCP packets.
  public boolean sendRtcp(List<RtcpPacket> packets) {
    return transport != null && transport.sendRtcp(packets);
  }

  /// Ends the session with a close_notify.
  public void close(long nowNanos) {
    if (transport != null) {
      transport.close(nowNanos);
    }
  }

  /// Vanishes without a word, as a client whose machine lost power does.
  public void abandon() {
    if (transport != null) {
      transport.abandon();
    }
  }

  private final class Events implements TransportListener {
    @Override
    public void onAuthenticated(InetSocketAddress source, long nowNanos) {}

    @Override
    public void onConnected(long nowNanos) {
      reports.start(nowNanos);
      listener.onConnected(nowNanos);
    }

    @Override
    public void onRtp(ByteBuffer buffer, int offset, int length, long packetIndex, long nowNanos) {
      if (!packet.wrap(buffer, offset, length)) {
        return;
      }
      NegotiatedTrack track = trackOf(packet);
      if (track != null) {
        reports.received(track, packet, nowNanos);
        listener.onRtp(track.mid(), packet, packetIndex, nowNanos);
      }
    }

    @Override
    public void onRtcp(ByteBuffer buffer, int offset, int length, long nowNanos) {
      List<RtcpPacket> packets = RtcpCodec.parse(buffer, offset, length);
      reports.received(packets, nowNanos);
      answerNacks(packets, nowNanos);
      listener.onRtcp(packets, nowNanos);
    }

    @Override
    public void onClosed(TransportCloseReason reason, String detail, long nowNanos) {
      listener.onClosed(reason, detail, nowNanos);
    }
  }

  /// RFC 9143 section 9.2: MID, then the SSRC as it was seen, then the payload type.
  private void answerNacks(List<RtcpPacket> received, long nowNanos) {
    PeerTransport connection = transport;
    for (RtcpPacket each : received) {
      if (each instanceof Nack nack && connection != null) {
        sentHistory.answer(nack, connection, nowNanos);
      }
    }
  }

  private @Nullable NegotiatedTrack trackOf(RtpPacket received) {
    for (NegotiatedTrack track : tracks) {
      int at = track.midExtension() == 0 ? -1 : received.extensionOffset(track.midExtension());
      if (at >= 0 && equalsAscii(track.mid(), received, at, track.midExtension())) {
        if (midBySsrc.size() < 16) {
          midBySsrc.put(received.ssrc(), track.mid());
        }
        return track;
      }
    }
    String known = midBySsrc.get(received.ssrc());
    for (NegotiatedTrack track : tracks) {
      if (known != null
          ? track.mid().equals(known)
          : track.payloadType() == received.payloadType()) {
        return track;
      }
    }
    return null;
  }

  private static boolean equalsAscii(String mid, RtpPacket received, int at, int id) {
    int length = received.extensionLength(id);
    if (length != mid.length()) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (received.buffer().get(at + i) != mid.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
