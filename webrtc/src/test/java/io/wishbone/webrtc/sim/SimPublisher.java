package io.wishbone.webrtc.sim;

import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.peer.NegotiatedTrack;
import io.wishbone.webrtc.peer.OfferedCodec;
import io.wishbone.webrtc.peer.OfferedMedia;
import io.wishbone.webrtc.peer.OutgoingEncoding;
import io.wishbone.webrtc.rtcp.FullIntraRequest;
import io.wishbone.webrtc.rtcp.PictureLossIndication;
import io.wishbone.webrtc.rtcp.Remb;
import io.wishbone.webrtc.rtcp.RtcpPacket;
import io.wishbone.webrtc.sdp.Direction;
import io.wishbone.webrtc.sdp.MediaKind;
import io.wishbone.webrtc.sdp.SetupRole;
import io.wishbone.webrtc.srtp.SrtpProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A publisher with a synthetic camera and microphone that starts to send once it is connected.
///
/// With simulcast, every encoding has a camera of its own: rid `h` is 1280x720, `m` half, `l` a
/// quarter.
public final class SimPublisher extends SimPeer {
  private static final OfferedCodec OPUS =
      new OfferedCodec(Codec.OPUS, 111, "minptime=10;useinbandfec=1");
  private static final OfferedCodec VP8 = new OfferedCodec(Codec.VP8, 96);
  private static final int TOP_BITRATE = 1_200_000;

  private final List<SyntheticCamera> cameras = new ArrayList<>();
  private final SyntheticMicrophone microphone;
  private final List<LayeredCamera> layered = new ArrayList<>();
  private @Nullable SoundCopies copies;
  private int keyframeRequests;
  private int feedbackPackets;
  private long limit = Long.MAX_VALUE;
  private final List<SentPacket> sent = new ArrayList<>();

  private SimPublisher(
      SimNetwork network,
      String host,
      SetupRole setup,
      OfferedCodec audio,
      @Nullable OfferedCodec video,
      List<String> rids,
      List<SrtpProfile> profiles,
      RandomGenerator random) {
    super(
        network,
        random,
        host,
        Direction.SENDONLY,
        setup,
        video == null
            ? List.of(new OfferedMedia(MediaKind.AUDIO, audio))
            : List.of(
                new OfferedMedia(MediaKind.AUDIO, audio),
                new OfferedMedia(MediaKind.VIDEO, List.of(video), rids)),
        profiles);
    microphone = new SyntheticMicrophone(audio.codec().clockRate(), 7_000);
    if (video == null) {
      return;
    }
    int layers = Math.max(1, rids.size());
    for (int i = 0; i < layers; i++) {
      cameras.add(
          new SyntheticCamera(
              video.codec(), 30, TOP_BITRATE >> (2 * i), 1280 >> i, 720 >> i, 90_000L * (i + 1)));
    }
  }

  /// Opus and VP8, as a browser offers them.
  public static SimPublisher vp8(SimNetwork network, String host) {
    return of(network, host, OPUS, VP8);
  }

  /// One codec each for sound and picture.
  public static SimPublisher of(
      SimNetwork network, String host, OfferedCodec audio, OfferedCodec video) {
    return new SimPublisher(
        network,
        host,
        SetupRole.ACTPASS,
        audio,
        video,
        List.of(),
        List.of(),
        network.randomForPeer());
  }

  /// Opus alone.
  public static SimPublisher sound(SimNetwork network, String host) {
    return new SimPublisher(
        network,
        host,
        SetupRole.ACTPASS,
        OPUS,
        null,
        List.of(),
        List.of(),
        network.randomForPeer());
  }

  /// Opus and VP8 with retransmissions, as browsers offer them.
  public static SimPublisher repairing(SimNetwork network, String host) {
    return of(network, host, OPUS, VP8.withRtx(97));
  }

  /// A publisher that makes keyframes every so many frames, and none when asked, as OBS does.
  public static SimPublisher stubborn(SimNetwork network, String host, int framesPerGroup) {
    return stubborn(network, host, framesPerGroup, TOP_BITRATE);
  }

  /// The same with a picture of this bitrate between its keyframes, which are five times as large
  /// as the other frames.
  public static SimPublisher stubborn(
      SimNetwork network, String host, int framesPerGroup, int bitsPerSecond) {
    SimPublisher publisher = repairing(network, host);
    var camera = new SyntheticCamera(Codec.VP8, 30, bitsPerSecond, 1280, 720, 90_000L);
    camera.keyframesEvery(framesPerGroup);
    publisher.cameras.clear();
    publisher.cameras.add(camera);
    return publisher;
  }

  /// A publisher of one encoding in layers, with retransmissions.
  public static SimPublisher layered(
      SimNetwork network, String host, Codec codec, int spatial, int temporal, int bitsPerSecond) {
    SimPublisher publisher = of(network, host, OPUS, new OfferedCodec(codec, 96).withRtx(97));
    publisher.cameras.clear();
    publisher.layered.add(new LayeredCamera(codec, spatial, temporal, bitsPerSecond, 90_000L));
    return publisher;
  }

  /// A publisher of VP8 in three simulcast encodings, `h` of 1.2 Mbit/s, `m` and `l` of a quarter
  /// of the one before, each in so many temporal layers.
  public static SimPublisher layeredSimulcast(
      SimNetwork network, String host, int... temporalLayers) {
    SimPublisher publisher = repairingSimulcast(network, host);
    publisher.cameras.clear();
    for (int i = 0; i < temporalLayers.length; i++) {
      int bitrate = TOP_BITRATE >> (2 * i);
      publisher.layered.add(
          new LayeredCamera(Codec.VP8, 1, temporalLayers[i], bitrate, 90_000L * (i + 1)));
    }
    return publisher;
  }

  /// A publisher of VP9 in three simulcast encodings: `h` in three spatial layers, `m` in three
  /// temporal layers, `l` in one of either.
  public static SimPublisher unlikeSimulcast(SimNetwork network, String host) {
    OfferedCodec video = new OfferedCodec(Codec.VP9, 96).withRtx(97);
    SimPublisher publisher = simulcast(network, host, video);
    publisher.cameras.clear();
    int[][] layers = {{3, 1}, {1, 3}, {1, 1}};
    for (int i = 0; i < layers.length; i++) {
      int bitrate = TOP_BITRATE >> (2 * i);
      publisher.layered.add(
          new LayeredCamera(Codec.VP9, layers[i][0], layers[i][1], bitrate, 90_000L * (i + 1)));
    }
    return publisher;
  }

  /// The camera of [#layered].
  public LayeredCamera layeredCamera() {
    return layered.getFirst();
  }

  /// The same with three simulcast encodings, the highest first.
  public static SimPublisher simulcast(SimNetwork network, String host) {
    return simulcast(network, host, VP8);
  }

  /// The same, with retransmissions.
  public static SimPublisher repairingSimulcast(SimNetwork network, String host) {
    return simulcast(network, host, VP8.withRtx(97));
  }

  private static SimPublisher simulcast(SimNetwork network, String host, OfferedCodec video) {
    return new SimPublisher(
        network,
        host,
        SetupRole.ACTPASS,
        OPUS,
        video,
        List.of("h", "m", "l"),
        List.of(),
        network.randomForPeer());
  }

  /// A publisher that insists on being the DTLS server and knows one SRTP profile, as FFmpeg does.
  public static SimPublisher passive(SimNetwork network, String host) {
    return new SimPublisher(
        network,
        host,
        SetupRole.PASSIVE,
        OPUS,
        VP8,
        List.of(),
        List.of(SrtpProfile.AES128_CM_HMAC_SHA1_80),
        network.randomForPeer());
  }

  /// Opus and VP8, whose sequence numbers wrap after that many packets.
  public static SimPublisher wrapping(SimNetwork network, String host, int packetsBefore) {
    return new SimPublisher(
        network,
        host,
        SetupRole.ACTPASS,
        OPUS,
        VP8,
        List.of(),
        List.of(),
        new WrappingNumbers(network.randomForPeer(), packetsBefore));
  }

  public int keyframeRequests() {
    return keyframeRequests;
  }

  /// What it was told to send at most (REMB), bits a second; much while it was told nothing. Of a
  /// simulcast, it then sends the encodings that fit, the smallest first, and the smallest anyway.
  public long limit() {
    return limit;
  }

  private boolean fits(int encoding) {
    long needed = 0;
    for (int i = cameras.size() - 1; i >= encoding; i--) {
      needed += TOP_BITRATE >> (2 * i);
    }
    return needed <= limit || encoding == cameras.size() - 1;
  }

  private void limit(long bitsPerSecond) {
    for (int i = 0; i < cameras.size(); i++) {
      boolean before = fits(i);
      long previous = limit;
      limit = bitsPerSecond;
      if (!before && fits(i)) {
        cameras.get(i).requestKeyframe();
      }
      limit = previous;
    }
    limit = bitsPerSecond;
  }

  /// RTCP packets received.
  public int feedbackPackets() {
    return feedbackPackets;
  }

  /// RTP packets sent.
  public int mediaPackets() {
    return sent.size();
  }

  /// What was sent of the only encoding of a kind, in order.
  public List<SentPacket> sent(MediaKind kind) {
    long ssrc =
        peer().tracks().stream()
            .filter(track -> track.kind() == kind)
            .findFirst()
            .orElseThrow()
            .encodings()
            .getFirst()
            .ssrc();
    return sent.stream().filter(packet -> packet.ssrc() == ssrc).toList();
  }

  /// Sends its sound with a copy of what was sent before, as a browser does that was offered RED.
  public SoundCopies sendCopies(int payloadType) {
    copies = new SoundCopies(payloadType);
    return copies;
  }

  public SyntheticMicrophone microphone() {
    return microphone;
  }

  public List<SyntheticCamera> cameras() {
    return cameras;
  }

  @Override
  public void onConnected(long nowNanos) {
    super.onConnected(nowNanos);
    cameras.forEach(camera -> camera.start(nowNanos));
    microphone.start(nowNanos);
    layered.forEach(camera -> camera.start(nowNanos));
  }

  @Override
  public long nextTimeoutNanos() {
    long next = Math.min(super.nextTimeoutNanos(), microphone.nextPacketNanos());
    for (SyntheticCamera camera : cameras) {
      next = Math.min(next, camera.nextFrameNanos());
    }
    for (LayeredCamera camera : layered) {
      next = Math.min(next, camera.nextFrameNanos());
    }
    return next;
  }

  @Override
  public void handleTimeout(long nowNanos) {
    super.handleTimeout(nowNanos);
    for (NegotiatedTrack track : peer().tracks()) {
      if (track.kind() == MediaKind.AUDIO) {
        while (microphone.nextPacketNanos() <= nowNanos) {
          SyntheticPayload sound = microphone.nextPacket();
          if (copies != null) {
            send(copies.track(track), track.encodings().getFirst(), copies.of(sound), nowNanos);
          } else if (!microphone.isSilent()) {
            send(track, track.encodings().getFirst(), sound, nowNanos);
          }
        }
      } else {
        for (int i = 0; i < cameras.size(); i++) {
          sendFrames(track, i, nowNanos);
        }
        for (int i = 0; i < layered.size(); i++) {
          OutgoingEncoding encoding = track.encodings().get(i);
          while (layered.get(i).nextFrameNanos() <= nowNanos) {
            layered.get(i).nextPicture().forEach(each -> send(track, encoding, each, nowNanos));
          }
        }
      }
    }
  }

  private void sendFrames(NegotiatedTrack track, int encoding, long nowNanos) {
    SyntheticCamera camera = cameras.get(encoding);
    while (camera.nextFrameNanos() <= nowNanos) {
      List<SyntheticPayload> frame = camera.nextFrame();
      if (encoding < track.encodings().size() && fits(encoding)) {
        frame.forEach(payload -> send(track, track.encodings().get(encoding), payload, nowNanos));
      }
    }
  }

  private void send(
      NegotiatedTrack track, OutgoingEncoding encoding, SyntheticPayload payload, long nowNanos) {
    if (peer()
        .send(
            track,
            encoding,
            payload.bytes(),
            payload.marker(),
            payload.timestamp(),
            payload.descriptor(),
            nowNanos)) {
      sent.add(
          new SentPacket(
              encoding.ssrc(), encoding.packets(), payload.timestamp(), payload.bytes()));
    }
  }

  @Override
  public void onRtcp(List<RtcpPacket> packets, long nowNanos) {
    feedbackPackets += packets.size();
    for (RtcpPacket packet : packets) {
      switch (packet) {
        case Remb remb -> limit(remb.bitrate());
        case PictureLossIndication pli -> requestKeyframe(pli.mediaSsrc());
        case FullIntraRequest _ -> cameras.forEach(SyntheticCamera::requestKeyframe);
        default -> {}
      }
    }
  }

  private void requestKeyframe(long ssrc) {
    keyframeRequests++;
    for (NegotiatedTrack track : peer().tracks()) {
      if (track.kind() == MediaKind.VIDEO) {
        for (int i = 0; i < track.encodings().size(); i++) {
          if (track.encodings().get(i).ssrc() == ssrc) {
            if (layered.isEmpty()) {
              cameras.get(i).requestKeyframe();
            } else {
              layered.get(i).requestKeyframe();
            }
          }
        }
      }
    }
  }
}
