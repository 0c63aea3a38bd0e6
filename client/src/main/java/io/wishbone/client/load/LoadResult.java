package io.wishbone.client.load;

import java.util.List;

/// What a swarm measured.
///
/// @param opened viewers that got an answer
/// @param connected viewers whose ICE and DTLS were completed
/// @param failures what went wrong, each once, with how often
/// @param answer from the POST to the answer
/// @param connect from the POST to the end of the DTLS handshake
/// @param firstPacket from the POST
/// @param firstKeyframe from the POST
/// @param delay of the last packet of a frame, from its publisher here to a viewer here
/// @param seconds how long it was measured, when all had come
/// @param packets that all viewers received in that time
/// @param missing of them
/// @param refused packets that were decrypted and were not authentic
/// @param bytes that all viewers received in that time
/// @param jitter of the viewers' streams, RFC 3550
/// @param serverCpuNanos processor time of the server in that time, -1 when it is not known
/// @param clientCpuNanos processor time of the swarm's threads in that time
/// @param course second by second, from the first viewer on
public record LoadResult(
    LoadPlan plan,
    int opened,
    int connected,
    List<String> failures,
    Durations.Summary answer,
    Durations.Summary connect,
    Durations.Summary firstPacket,
    Durations.Summary firstKeyframe,
    Durations.Summary delay,
    double seconds,
    long packets,
    long missing,
    long refused,
    long bytes,
    Durations.Summary jitter,
    long serverCpuNanos,
    long clientCpuNanos,
    List<Moment> course) {

  /// One second.
  ///
  /// @param delayP50Nanos 0 when nothing was measured, as with the others
  /// @param serverCores processor time of the server by time, -1 when it is not known
  public record Moment(
      double atSeconds,
      int connected,
      double packetsPerSecond,
      double bitsPerSecond,
      long delayP50Nanos,
      long delayP99Nanos,
      double serverCores) {}

  /// The share of packets that are missing.
  public double loss() {
    return packets + missing == 0 ? 0 : (double) missing / (packets + missing);
  }

  /// Processor time of the server for each packet that a viewer received, -1 when it is not known.
  public double serverNanosPerPacket() {
    return serverCpuNanos < 0 || packets == 0 ? -1 : (double) serverCpuNanos / packets;
  }

  /// Processor time of the swarm for each packet that a viewer received.
  public double clientNanosPerPacket() {
    return packets == 0 ? 0 : (double) clientCpuNanos / packets;
  }
}
