package io.wishbone.node.worker;

import io.wishbone.node.forward.LayerLedger;
import io.wishbone.node.session.PublisherSession;
import io.wishbone.node.session.SubscriberSession;
import io.wishbone.node.stream.Encoding;
import io.wishbone.node.stream.Layer;
import io.wishbone.node.stream.LayerChoice;
import io.wishbone.node.stream.LayerLimits;
import io.wishbone.node.stream.Track;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Lets viewers choose among the qualities of their stream.
///
/// | the choice | without a source | as long as an encoding is new | afterwards |
/// |---|---|---|---|
/// | limits, or nothing | taken | taken | taken |
/// | names an encoding | refused: no stream | refused unless it was agreed on | the same |
/// | names layers | refused: no stream | taken | refused unless one encoding has them all |
///
/// What is taken holds for later sources too, as far as they have it.
final class LayerChoices {
  /// Until an encoding has sent for so long, nobody can say that a layer is not among those that it
  /// has: a picture shared at a few frames a second takes a second to show its temporal layers.
  private static final long NEW_NANOS = 2_000_000_000L;

  private LayerChoices() {}

  static ChangeResult choose(@Nullable WorkerSession viewer, LayerChoice choice, long nowNanos) {
    if (viewer == null || !(viewer.peer() instanceof SubscriberSession subscriber)) {
      return refused(RefusalReason.SESSION_UNKNOWN, "there is no such session");
    }
    if (!subscriber.hasPicture()) {
      return refused(RefusalReason.LAYER_UNKNOWN, "the session has no picture");
    }
    if (choice.isExact()) {
      StreamRoom room = viewer.room();
      WorkerSession source = room.source();
      if (source == null
          || !source.isConnected()
          || !(source.peer() instanceof PublisherSession publisher)) {
        return refused(RefusalReason.STREAM_ABSENT, "nobody publishes the stream");
      }
      String missing = missing(choice, publisher.layers(nowNanos), room, nowNanos);
      if (missing != null) {
        return refused(RefusalReason.LAYER_UNKNOWN, missing);
      }
    }
    subscriber.choose(choice, nowNanos);
    return new ChangeResult.Done();
  }

  /// What of all that was named there is not; null when all is there, or may be.
  private static @Nullable String missing(
      LayerChoice choice, List<Layer> qualities, StreamRoom room, long nowNanos) {
    if (qualities.isEmpty()) {
      return "the stream has no picture";
    }
    if (choice.rid() != null
        && qualities.stream().noneMatch(each -> choice.rid().equals(each.rid()))) {
      return "no encoding has that rid; there are " + names(qualities);
    }
    List<LayerLedger> known = new ArrayList<>();
    for (Encoding encoding : meant(choice, qualities, room.stream().tracks())) {
      if (nowNanos - encoding.firstPacketNanos() < NEW_NANOS) {
        return null;
      }
      known.add(encoding.layers());
    }
    return known.isEmpty() ? null : missing(choice.layers(), known);
  }

  /// One and the same encoding has to have both layers.
  private static @Nullable String missing(LayerLimits named, List<LayerLedger> encodings) {
    List<LayerLedger> withSpatial =
        encodings.stream().filter(each -> named.spatial() <= each.topSpatial()).toList();
    if (withSpatial.isEmpty()) {
      return "spatialLayerId: the highest spatial layer is "
          + highest(encodings, LayerLedger::topSpatial);
    }
    int topTemporal = highest(withSpatial, LayerLedger::topTemporal);
    if (named.temporal() <= topTemporal) {
      return null;
    }
    return topTemporal == highest(encodings, LayerLedger::topTemporal)
        ? "temporalLayerId: the highest temporal layer is " + topTemporal
        : "temporalLayerId: the highest temporal layer of spatial layer "
            + named.spatial()
            + " is "
            + topTemporal;
  }

  private static int highest(List<LayerLedger> encodings, ToIntFunction<LayerLedger> top) {
    return encodings.stream().mapToInt(top).max().orElseThrow();
  }

  /// The encodings that the choice may come to mean: the one that it names, or else all.
  private static List<Encoding> meant(
      LayerChoice choice, List<Layer> qualities, List<Track> tracks) {
    return tracks.stream()
        .filter(track -> track.codec().isVideo())
        .flatMap(track -> qualities.stream().map(each -> track.newest(each.rid())))
        .filter(Objects::nonNull)
        .filter(choice::mayMean)
        .toList();
  }

  private static String names(List<Layer> qualities) {
    String names =
        qualities.stream()
            .map(Layer::rid)
            .filter(Objects::nonNull)
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? "none" : names;
  }

  private static ChangeResult refused(RefusalReason reason, String detail) {
    return new ChangeResult.Refused(reason, detail);
  }
}
