package io.wishbone.node;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.wishbone.webrtc.payload.Codec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// The settings of a media node.
@ConfigMapping(prefix = "wishbone")
public interface NodeConfig {

  /// The UDP port of the first worker; each further worker has the next one. 0 takes any free
  /// ports.
  @WithDefault("9400")
  int mediaPort();

  /// How many event loops carry media; two, or as many as there are cores if that is less, when not
  /// set.
  OptionalInt workers();

  /// The address that HTTP and media are received on: 127.0.0.1 with `auth=off`, else all addresses
  /// (`0.0.0.0`), when not set. Media are received on all addresses also when this is a loopback
  /// address. With epoll, "all" takes IPv6 as well.
  Optional<String> bind();

  /// What clients are told, `HOST` or `HOST:PORT`, IPv6 in brackets: needed behind NAT. The local
  /// addresses when not set.
  Optional<List<String>> advertise();

  /// `off` lets everybody in, and therefore lets in this machine only unless `bind` says otherwise.
  @WithDefault("off")
  String auth();

  /// The name of the node in the cluster; the host's when not set.
  Optional<String> nodeId();

  /// Where the node runs.
  Optional<String> region();

  /// Which part of the region.
  Optional<String> zone();

  /// How many sessions a worker takes.
  @WithDefault("5000")
  int sessionsPerWorker();

  /// How many viewers a stream has at this node, 0 for no limit of its own. Each node of a cluster
  /// counts its own: those beyond are taken by another one.
  @WithDefault("0")
  int viewersPerStream();

  /// Whether packets leave as segmented datagrams where the kernel has those.
  @WithDefault("true")
  boolean segmentedSends();

  /// How long a publisher's packets wait for the next ones, to be forwarded together.
  @WithDefault("0s")
  Duration gather();

  /// Which library encrypts media: `auto` for the quickest that is there, or the name of one.
  @WithDefault("auto")
  String srtpBackend();

  /// How many viewers of one stream are on a worker before the node's other workers get some, 0 for
  /// any number.
  @WithDefault("500")
  int viewersPerWorker();

  /// How many relays a stream is sent to, by this node.
  @WithDefault("64")
  int relaysPerStream();

  /// How many relays a worker begins or serves, of all streams.
  @WithDefault("2000")
  int relaysPerWorker();

  /// What publishers are asked for.
  Codecs codecs();

  /// What is kept of what was sent.
  Past past();

  /// How long sessions may do nothing.
  Session session();

  /// How the node ends.
  Drain drain();

  /// The time between SIGTERM and the end.
  interface Drain {

    /// How long sessions may go on; what is usual for the program when not set.
    Optional<Duration> timeout();
  }

  /// Codecs in order of preference. The publisher chooses when there are none; those that are not
  /// named come after those that are.
  interface Codecs {

    /// Among `opus`, `pcmu`, `pcma`, `g722`.
    Optional<List<Codec>> audio();

    /// Among `vp8`, `vp9`, `h264`, `h265`, `av1`.
    Optional<List<Codec>> video();
  }

  /// What is kept of what was sent, for viewers who miss some of it, and for those who come.
  interface Past {

    /// A viewer who comes begins with the current group of pictures, if that is no older.
    @WithDefault("10s")
    Duration maxAge();

    /// And no larger, in bytes.
    @WithDefault("4194304")
    int maxBytes();

    /// Bytes of direct memory that a worker has for all of it.
    @WithDefault("134217728")
    long memory();
  }

  /// Limits in time.
  interface Session {

    /// A session whose peer has not been heard of for so long is ended.
    @WithDefault("7s")
    Duration silenceTimeout();

    /// A session that is not connected by then is ended.
    @WithDefault("30s")
    Duration connectTimeout();

    /// How long viewers wait for another publisher when theirs has gone.
    @WithDefault("30s")
    Duration publisherGrace();
  }
}
