package io.wishbone.node.stream;

import io.wishbone.node.forward.SourcePacket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is published under one name. It outlives its source: sinks may wait for the next one.
public final class MediaStream {
  private final String name;
  private final List<RtpSink> sinks = new ArrayList<>();
  private List<Track> tracks = List.of();
  private @Nullable RtpSource source;
  private long detachedNanos;

  public MediaStream(String name) {
    this.name = name;
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
    source = next;
    tracks = List.copyOf(nextTracks);
    for (RtpSink sink : sinks) {
      sink.onSourceAttached(tracks, nowNanos);
    }
  }

  /// Forgets the source, if it still is this one.
  public void detach(RtpSource gone, long nowNanos) {
    if (source == gone) {
      source = null;
      detachedNanos = nowNanos;
      for (RtpSink sink : sinks) {
        sink.onSourceDetached(nowNanos);
      }
    }
  }

  public void add(RtpSink sink, long nowNanos) {
    sinks.add(sink);
    if (source != null) {
      sink.onSourceAttached(tracks, nowNanos);
    }
  }

  public void remove(RtpSink sink) {
    sinks.remove(sink);
  }

  /// Shows a packet to all sinks.
  public void deliver(Track track, SourcePacket packet) {
    for (int i = 0; i < sinks.size(); i++) {
      sinks.get(i).onPacket(track, packet);
    }
  }

  /// Asks the source, if there is one.
  public void requestKeyframe(Encoding encoding, long nowNanos) {
    RtpSource present = source;
    if (present != null) {
      present.requestKeyframe(encoding, nowNanos);
    }
  }
}
