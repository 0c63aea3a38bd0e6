package io.wishbone.it.cluster;

import io.wishbone.client.ClientParts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/// Streams with some viewers each, opened through both pods. How many of each: `-Dcluster.streams`
/// and `-Dcluster.viewers`.
final class LiveStreams {

  static final int AT_ONCE = 6;
  private static final int STREAMS = Integer.getInteger("cluster.streams", 6);
  private static final int VIEWERS = Integer.getInteger("cluster.viewers", 2);

  private final ClientParts parts;
  private final TestCluster cluster;
  private final Map<String, LiveSession> publishers = new ConcurrentHashMap<>();
  private final List<LiveSession> viewers = new ArrayList<>();

  LiveStreams(ClientParts parts, TestCluster cluster) {
    this.parts = parts;
    this.cluster = cluster;
  }

  /// Returns when media have come to every viewer.
  void start(String prefix) {
    List<CompletableFuture<List<LiveSession>>> all = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
      for (int i = 0; i < STREAMS; i++) {
        int number = i;
        all.add(CompletableFuture.supplyAsync(() -> stream(prefix + number, number), threads));
      }
    }
    for (CompletableFuture<List<LiveSession>> each : all) {
      List<LiveSession> sessions = each.join();
      publishers.put(sessions.getFirst().stream(), sessions.getFirst());
      viewers.addAll(sessions.subList(1, sessions.size()));
    }
    LiveSession.awaitMore(viewers, 20);
  }

  /// @return its publisher and its viewers
  private List<LiveSession> stream(String stream, int number) {
    List<LiveSession> sessions = new ArrayList<>();
    sessions.add(LiveSession.publish(parts, cluster.pod(number % 2), stream));
    for (int i = 0; i < VIEWERS; i++) {
      sessions.add(LiveSession.play(parts, cluster.pod(i % 2), stream));
    }
    return sessions;
  }

  /// By the names of their streams.
  Map<String, LiveSession> publishers() {
    return publishers;
  }

  /// Whoever takes one out of it ends it.
  List<LiveSession> viewers() {
    return viewers;
  }

  void awaitMedia() {
    LiveSession.awaitMore(viewers, 50);
  }

  /// Packets that viewers who are still there did not get between the first and the last that they
  /// got.
  long missing() {
    return viewers.stream()
        .mapToLong(each -> {
          List<Long> got = each.peer().received().stream().sorted().distinct().toList();
          return got.isEmpty() ? 0 : got.getLast() - got.getFirst() + 1 - got.size();
        })
        .sum();
  }

  void end() {
    viewers.forEach(each -> each.delete(cluster.pod(1)));
    publishers.values().forEach(each -> each.delete(cluster.pod(1)));
    viewers.clear();
    publishers.clear();
  }
}
