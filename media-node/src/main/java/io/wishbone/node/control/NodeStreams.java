package io.wishbone.node.control;

import io.wishbone.control.EventPublisher;
import io.wishbone.control.NodeId;
import io.wishbone.control.SpatialLayer;
import io.wishbone.control.StreamName;
import io.wishbone.control.StreamStatus;
import io.wishbone.control.VideoLayer;
import io.wishbone.node.worker.StreamReport;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Makes one status of a stream out of what the workers of the node say of it: viewers are added
/// up, all else is as the worker says that the stream is at home on. Safe for use by many threads.
final class NodeStreams {
  private final NodeId node;
  private final EventPublisher publisher;
  private final Map<String, Map<Integer, StreamReport>> streams = new ConcurrentHashMap<>();

  NodeStreams(NodeId node, EventPublisher publisher) {
    this.node = node;
    this.publisher = publisher;
  }

  /// A worker says how a stream is doing there. Statuses of one stream go out in the order of the
  /// reports; those of different streams do not wait for each other.
  void report(int worker, StreamReport report) {
    streams.compute(
        report.stream(),
        (_, before) -> {
          Map<Integer, StreamReport> reports = before == null ? new HashMap<>() : before;
          reports.put(worker, report);
          publisher.publish(status(report.stream(), reports.values()));
          if (!report.live() && report.viewers() == 0) {
            // It may be the worker's last word.
            reports.remove(worker);
          }
          return reports.isEmpty() ? null : reports;
        });
  }

  private StreamStatus status(String stream, Collection<StreamReport> reports) {
    int viewers = 0;
    StreamReport home = null;
    String parent = null;
    for (StreamReport report : reports) {
      viewers += report.viewers();
      // A worker whose viewers wait for a source takes itself for a home as well.
      home = report.home() && (home == null || !home.live()) ? report : home;
      parent = report.parent() == null ? parent : report.parent();
    }
    if (home == null) {
      return new StreamStatus(
          node, new StreamName(stream), false, viewers, List.of(), nodeId(parent));
    }
    return new StreamStatus(
        node, new StreamName(stream), home.live(), viewers, layers(home), nodeId(home.parent()));
  }

  private static @Nullable NodeId nodeId(@Nullable String name) {
    return name == null ? null : new NodeId(name);
  }

  private static List<VideoLayer> layers(StreamReport report) {
    return report.layers().stream()
        .limit(StreamStatus.MAX_LAYERS)
        .map(each ->
            new VideoLayer(
                each.rid(),
                each.bitrate(),
                each.width(),
                each.height(),
                each.spatialLayers().stream()
                    .map(layer -> new SpatialLayer(layer.width(), layer.height(), layer.bitrates()))
                    .toList()))
        .toList();
  }
}
