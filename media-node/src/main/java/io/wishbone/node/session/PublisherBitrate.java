package io.wishbone.node.session;

import io.wishbone.node.negotiation.Feedback;
import io.wishbone.node.negotiation.NegotiatedTrack;
import io.wishbone.node.stream.Encoding;
import io.wishbone.node.stream.MediaStream;
import io.wishbone.node.stream.Track;
import io.wishbone.webrtc.bwe.AbsoluteSendTime;
import io.wishbone.webrtc.bwe.ArrivalEstimator;
import io.wishbone.webrtc.bwe.BitrateLimits;
import io.wishbone.webrtc.rtcp.Remb;
import io.wishbone.webrtc.rtp.HeaderExtensionUris;
import io.wishbone.webrtc.rtp.RtpPacket;
import io.wishbone.webrtc.rtp.RtpTimestamps;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How much a publisher is told to send at most, by REMB: what its way carries, where it hears of
/// that in no other way; and where it sends a simulcast, no more than its viewers have use for.
final class PublisherBitrate {
  /// What no encoder exceeds: as good as no limit.
  private static final long UNLIMITED = 100_000_000;

  private static final BitrateLimits LIMITS = new BitrateLimits(100_000, 300_000, UNLIMITED);

  /// All pictures have a clock of 90 kHz.
  private static final long TICKS_PER_MILLISECOND = 90;

  private static final long NANOS_PER_MILLISECOND = 1_000_000;

  private static final long REPEAT_NANOS = 1_000_000_000L;

  /// That a limit is lifted is said so often: one REMB may be lost.
  private static final int LIFTED_TIMES = 4;

  private static final long LIFTED_REPEAT_NANOS = 100_000_000L;

  private final List<NegotiatedTrack> negotiated;
  private final List<Track> tracks;
  private final @Nullable Track simulcast;
  private final @Nullable ArrivalEstimator estimator;
  private final AbsoluteSendTime sendTime = new AbsoluteSendTime();
  private final UnusedEncodings unused;
  private boolean hasTimestamp;
  private long lastTimestamp;
  private long captureTicks;
  private long limit = UnusedEncodings.UNLIMITED;
  private long nextLookNanos = Long.MAX_VALUE;
  private long nextTellNanos = Long.MAX_VALUE;
  private int lifted;

  /// @param tracks one for each that was negotiated
  PublisherBitrate(List<NegotiatedTrack> negotiated, List<Track> tracks, MediaStream stream) {
    this.negotiated = negotiated;
    this.tracks = tracks;
    this.unused = new UnusedEncodings(stream);
    Track layered = null;
    boolean estimates = false;
    for (int i = 0; i < negotiated.size(); i++) {
      NegotiatedTrack each = negotiated.get(i);
      if (each.feedback().contains(Feedback.RECEIVER_ESTIMATE)) {
        layered = each.rids().size() > 1 ? tracks.get(i) : layered;
        estimates |= !each.feedback().contains(Feedback.TRANSPORT_CC);
      }
    }
    this.simulcast = layered;
    this.estimator = estimates ? new ArrivalEstimator(LIMITS) : null;
  }

  /// Media may flow.
  void start(long nowNanos) {
    if (simulcast != null) {
      nextLookNanos = nowNanos + UnusedEncodings.LOOK_NANOS;
    }
  }

  /// A packet came, whatever becomes of it.
  void onPacket(RtpPacket packet, long nowNanos) {
    ArrivalEstimator arrivals = estimator;
    if (arrivals == null) {
      return;
    }
    for (int i = 0; i < negotiated.size(); i++) {
      int id = negotiated.get(i).extensionId(HeaderExtensionUris.ABS_SEND_TIME);
      int data = id == 0 ? -1 : packet.extensionOffset(id);
      if (data >= 0 && packet.extensionLength(id) == 3) {
        int value = packet.buffer().getShort(data) << 8 | packet.buffer().get(data + 2) & 0xFF;
        arrivals.onPacket(packet.length(), sendTime.unwrap(value & 0xFFFFFF), nowNanos);
        return;
      }
      if (id == 0 && isOnlyPicture(negotiated.get(i), packet)) {
        arrivals.onPacket(packet.length(), captureNanos(packet), nowNanos);
        return;
      }
    }
    arrivals.onBytes(packet.length(), nowNanos);
  }

  private static boolean isOnlyPicture(NegotiatedTrack track, RtpPacket packet) {
    return track.codec().isVideo()
        && track.rids().isEmpty()
        && track.format().payloadType() == packet.payloadType();
  }

  /// When the picture of a packet was taken, which is about when it was sent.
  private long captureNanos(RtpPacket packet) {
    if (!hasTimestamp) {
      hasTimestamp = true;
      lastTimestamp = packet.timestamp();
    }
    captureTicks += RtpTimestamps.distance(packet.timestamp(), lastTimestamp);
    lastTimestamp = packet.timestamp();
    return captureTicks * NANOS_PER_MILLISECOND / TICKS_PER_MILLISECOND;
  }

  long nextTimeoutNanos() {
    long next = Math.min(nextLookNanos, nextTellNanos);
    return estimator == null ? next : Math.min(next, estimator.nextTimeoutNanos());
  }

  /// What is to be said now, null for nothing.
  @Nullable Remb handleTimeout(long ssrc, long nowNanos) {
    Track layered = simulcast;
    if (layered != null && nowNanos >= nextLookNanos) {
      nextLookNanos = nowNanos + UnusedEncodings.LOOK_NANOS;
      onLimit(unused.look(layered, otherBitrate(layered), nowNanos), nowNanos);
    }
    boolean estimated = estimator != null && estimator.handleTimeout(nowNanos);
    boolean due = nowNanos >= nextTellNanos;
    if (!estimated && !due) {
      return null;
    }
    scheduleTelling(nowNanos);
    long bitrate = Math.min(UNLIMITED, limit);
    if (estimator != null && estimator.bitrate() >= 0) {
      bitrate = Math.min(bitrate, estimator.bitrate());
    }
    return new Remb(ssrc, bitrate, sources());
  }

  private void onLimit(long next, long nowNanos) {
    if (next != limit) {
      lifted = next == UnusedEncodings.UNLIMITED ? LIFTED_TIMES : 0;
      limit = next;
      nextTellNanos = nowNanos;
    }
  }

  private void scheduleTelling(long nowNanos) {
    if (nowNanos < nextTellNanos) {
      return;
    }
    if (limit != UnusedEncodings.UNLIMITED) {
      nextTellNanos = nowNanos + REPEAT_NANOS;
    } else {
      nextTellNanos = --lifted > 0 ? nowNanos + LIFTED_REPEAT_NANOS : Long.MAX_VALUE;
    }
  }

  private long otherBitrate(Track layered) {
    long other = 0;
    for (Track track : tracks) {
      other += track == layered ? 0 : track.highestBitrate();
    }
    return other;
  }

  private List<Long> sources() {
    List<Long> sources = new ArrayList<>();
    for (Track track : tracks) {
      for (Encoding encoding : track.encodings()) {
        sources.add(encoding.ssrc());
      }
    }
    return sources;
  }
}
