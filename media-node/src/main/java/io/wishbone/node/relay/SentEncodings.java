package io.wishbone.node.relay;

import io.wishbone.node.forward.SourcePacket;
import io.wishbone.node.stream.Encoding;
import io.wishbone.node.stream.Track;
import io.wishbone.webrtc.nack.RetransmissionBudget;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The encodings that an edge was sent packets of.
final class SentEncodings {
  private final List<Track> tracks;
  private final RetransmissionBudget budget;
  private final List<SentEncoding> all = new ArrayList<>();

  SentEncodings(List<Track> tracks, RetransmissionBudget budget) {
    this.tracks = List.copyOf(tracks);
    this.budget = budget;
  }

  List<SentEncoding> all() {
    return all;
  }

  @Nullable SentEncoding find(long ssrc) {
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).encoding().ssrc() == ssrc) {
        return all.get(i);
      }
    }
    return null;
  }

  /// A packet was sent.
  void sent(Track track, SourcePacket packet) {
    SentEncoding known = find(packet.rtp().ssrc());
    if (known == null) {
      Encoding encoding = track.encoding(packet.encoding());
      if (encoding == null) {
        return;
      }
      all.removeIf(before -> !isKept(before.encoding()));
      known = new SentEncoding(encoding, budget);
      all.add(known);
    }
    known.sent(packet);
  }

  /// A track drops encodings when it has too many.
  private boolean isKept(Encoding encoding) {
    for (Track track : tracks) {
      if (track.encoding(encoding.id()) == encoding) {
        return true;
      }
    }
    return false;
  }

  /// Bits per second of all of them.
  long bitrate() {
    long bitrate = 0;
    for (SentEncoding each : all) {
      bitrate += each.encoding().bitrate();
    }
    return bitrate;
  }
}
