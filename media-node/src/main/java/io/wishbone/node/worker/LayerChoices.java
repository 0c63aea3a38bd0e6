package io.wishbone.node.worker;

import io.wishbone.node.session.SubscriberSession;
import io.wishbone.node.stream.Encoding;
import io.wishbone.node.stream.LayerChoice;
import io.wishbone.node.stream.LayerLimits;
import io.wishbone.node.stream.Track;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Lets viewers choose among the qualities of their stream.
final class LayerChoices {
  private LayerChoices() {}

  static ChangeResult choose(@Nullable WorkerSession viewer, LayerChoice choice, long nowNanos) {
    if (viewer == null || !(viewer.peer() instanceof SubscriberSession subscriber)) {
      return refused(RefusalReason.SESSION_UNKNOWN, "there is no such session");
    }
    if (!subscriber.hasPicture()) {
      return refused(RefusalReason.LAYER_UNKNOWN, "the session has no picture");
    }
    List<StreamReport.Layer> layers = viewer.room().report(nowNanos).layers();
    if (choice.rid() != null && layers.stream().noneMatch(each -> isNamed(each, choice.rid()))) {
      return layers.isEmpty()
          ? refused(RefusalReason.STREAM_ABSENT, "nobody publishes the stream")
          : refused(
              RefusalReason.LAYER_UNKNOWN, "no encoding has that rid; there are " + names(layers));
    }
    String missing = missing(choice.layers(), viewer.room().stream().tracks());
    if (missing != null) {
      return refused(RefusalReason.LAYER_UNKNOWN, missing);
    }
    subscriber.choose(choice, nowNanos);
    return new ChangeResult.Done();
  }

  /// What of the layers that were named there is not; null when all are there.
  private static @Nullable String missing(LayerLimits layers, List<Track> tracks) {
    int topSpatial = 0;
    int topTemporal = 0;
    for (Track track : tracks) {
      for (Encoding encoding : track.encodings()) {
        topSpatial = Math.max(topSpatial, encoding.layers().topSpatial());
        topTemporal = Math.max(topTemporal, encoding.layers().topTemporal());
      }
    }
    if (layers.spatial() > topSpatial) {
      return "spatialLayerId: the highest spatial layer is " + topSpatial;
    }
    return layers.temporal() > topTemporal
        ? "temporalLayerId: the highest temporal layer is " + topTemporal
        : null;
  }

  private static boolean isNamed(StreamReport.Layer layer, @Nullable String rid) {
    return layer.rid() != null && layer.rid().equals(rid);
  }

  private static String names(List<StreamReport.Layer> layers) {
    String names =
        layers.stream()
            .filter(layer -> layer.rid() != null)
            .map(StreamReport.Layer::rid)
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? "none" : names;
  }

  private static ChangeResult refused(RefusalReason reason, String detail) {
    return new ChangeResult.Refused(reason, detail);
  }
}
