package io.wishbone.node;

import io.wishbone.control.NodeId;
import io.wishbone.node.io.SendPath;
import io.wishbone.node.negotiation.CodecPreferences;
import io.wishbone.node.session.MediaPolicy;
import io.wishbone.node.worker.WorkerConfiguration;
import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.sdp.IceCandidate;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

/// The configuration with everything that it leaves open decided.
///
/// @param host the address that media is received on
/// @param clientsAreHere whether clients come from this machine, so that they may be told of its
///   loopback address as well
/// @param port of the first worker, 0 for any
/// @param advertised what clients are told instead of local addresses
/// @param viewersPerStream 0 for no limit
public record NodeSettings(
    NodeId id,
    String region,
    String zone,
    int workers,
    InetAddress host,
    boolean clientsAreHere,
    int port,
    List<String> advertised,
    int sessionsPerWorker,
    int viewersPerStream,
    List<Codec> audio,
    List<Codec> video,
    Duration connectTimeout,
    Duration silenceTimeout,
    Duration publisherGrace,
    SendPath sendPath,
    String srtpBackend,
    RelaySettings relays) {

  private static final int USUAL_WORKERS = 2;
  private static final String ALL_ADDRESSES = "0.0.0.0";

  public NodeSettings {
    if (workers < 1) {
      throw new IllegalArgumentException("wishbone.workers is less than 1");
    }
    advertised = List.copyOf(advertised);
    audio = List.copyOf(audio);
    video = List.copyOf(video);
  }

  /// Where only this machine is let in, media is received on all of its addresses all the same:
  /// Firefox and GStreamer never use the loopback one, and whoever has no session gets no answer.
  static NodeSettings of(NodeConfig config) {
    InetAddress bind =
        address(config.bind().orElse(config.auth().equals("off") ? "127.0.0.1" : ALL_ADDRESSES));
    boolean clientsAreHere = bind.isLoopbackAddress();
    return new NodeSettings(
        new NodeId(config.nodeId().orElseGet(NodeSettings::hostName)),
        config.region().orElse(""),
        config.zone().orElse(""),
        config
            .workers()
            .orElse(Math.min(USUAL_WORKERS, Runtime.getRuntime().availableProcessors())),
        clientsAreHere ? InetAddress.ofLiteral(ALL_ADDRESSES) : bind,
        clientsAreHere,
        config.mediaPort(),
        config.advertise().orElse(List.of()),
        config.sessionsPerWorker(),
        config.viewersPerStream(),
        config.codecs().audio().orElse(List.of()),
        config.codecs().video().orElse(List.of()),
        config.session().connectTimeout(),
        config.session().silenceTimeout(),
        config.session().publisherGrace(),
        new SendPath(config.segmentedSends(), config.gather()),
        config.srtpBackend(),
        new RelaySettings(
            config.viewersPerWorker(), config.relaysPerStream(), config.relaysPerWorker()));
  }

  /// Where a worker listens.
  InetSocketAddress bind(int worker) {
    return new InetSocketAddress(host, port == 0 ? 0 : port + worker);
  }

  WorkerConfiguration worker(List<IceCandidate> candidates) {
    return new WorkerConfiguration(
        candidates,
        new CodecPreferences(audio),
        new CodecPreferences(video),
        sessionsPerWorker,
        viewersPerStream == 0 ? Integer.MAX_VALUE : viewersPerStream,
        connectTimeout.toNanos(),
        silenceTimeout.toNanos(),
        publisherGrace.toNanos(),
        MediaPolicy.USUAL,
        0);
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("wishbone.bind is no address: " + text, e);
    }
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
