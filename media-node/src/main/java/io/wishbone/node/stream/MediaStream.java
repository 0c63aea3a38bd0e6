package io.wishbone.node.stream;

import io.wishbone.node.forward.SourcePacket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is published under one name. It outlives its source: sinks may wait for the next one.
public final class MediaStream {
  private final String name;
  private final Bursts bursts;
  private final List<RtpSink> sinks = new ArrayList<>();
  private List<Track> tracks = List.of();
  private @Nullable RtpSource source;
  private @Nullable Burst burst;
  private long detachedNanos;

  /// @param bursts of the worker that the stream lives on
  public MediaStream(String name, Bursts bursts) {
    this.name = name;
    this.bursts = bursts;
  }

  public String name() {
    return name;
  }

  public boolean hasSource() {
    return source != null;
  }

  /// When the last source left; meaningful while there is none.
  public long detachedNanos() {
    return detachedNanos;
  }

  /// The tracks of the present or the last source.
  public List<Track> tracks() {
    return tracks;
  }

  public List<RtpSink> sinks() {
    return List.copyOf(sinks);
  }

  public boolean hasSinks() {
    return !sinks.isEmpty();
  }

  public void attach(RtpSource next, List<Track> nextTracks, long nowNanos) {
    deliverBurst();
    source = next;
    tracks = List.copyOf(nextTracks);
    for (RtpSink sink : sinks) {
      sink.onSourceAttached(tracks, nowNanos);
    }
  }

  /// Forgets the source, if it still is this one.
  public void detach(RtpSource gone, long nowNanos) {
    if (source == gone) {
      deliverBurst();
      source = null;
      detachedNanos = nowNanos;
      for (RtpSink sink : sinks) {
        sink.onSourceDetached(nowNanos);
      }
    }
  }

  /// Shows the source to a new sink. What was gathered before is not for it: it finds that in the
  /// encodings' histories.
  public void add(RtpSink sink, long nowNanos) {
    deliverBurst();
    sinks.add(sink);
    if (source != null) {
      sink.onSourceAttached(tracks, nowNanos);
    }
  }

  public void remove(RtpSink sink) {
    sinks.remove(sink);
  }

  /// Shows a packet to all sinks, together with those that come at about the same time: when the
  /// worker's [Bursts] are delivered, or when a burst is full. The packet is copied.
  public void deliver(Track track, SourcePacket packet) {
    if (sinks.isEmpty()) {
      return;
    }
    if (burst != null && !burst.hasRoom(packet)) {
      burst.deliver(sinks);
    }
    if (!Burst.takes(packet)) {
      showToAll(track, packet);
      return;
    }
    if (burst == null) {
      burst = bursts.begin(this);
    }
    burst.add(track, packet);
  }

  private void showToAll(Track track, SourcePacket packet) {
    for (int i = 0; i < sinks.size(); i++) {
      sinks.get(i).onPacket(track, packet);
    }
  }

  /// Shows what was gathered to all sinks.
  void deliverBurst() {
    Burst gathered = burst;
    if (gathered != null) {
      burst = null;
      try {
        gathered.deliver(sinks);
      } finally {
        bursts.end(gathered);
      }
    }
  }

  /// Whether anybody has use for an encoding of a track, or could have as soon as it is sent.
  public boolean uses(Track track, Encoding encoding, long nowNanos) {
    for (int i = 0; i < sinks.size(); i++) {
      if (sinks.get(i).uses(track, encoding, nowNanos)) {
        return true;
      }
    }
    return false;
  }

  /// Asks the source, if there is one.
  public void requestKeyframe(Encoding encoding, long nowNanos) {
    RtpSource present = source;
    if (present != null) {
      present.requestKeyframe(encoding, nowNanos);
    }
  }
}
