package io.wishbone.node.session;

import io.wishbone.webrtc.rtcp.ReportBlock;
import java.util.List;

/// What a viewer's receiver reports say about its path: how many of the packets that were sent
/// since the one before were lost (RFC 3550 section 6.4.1), all tracks together.
final class ReportedLoss {
  private final EgressTracks tracks;
  private final ViewerPath path;
  private final long[] highest;
  private final long[] lost;
  private final long[] packets;
  private final long[] octets;
  private final boolean[] started;

  ReportedLoss(EgressTracks tracks, ViewerPath path) {
    this.tracks = tracks;
    this.path = path;
    int count = tracks.all().size();
    highest = new long[count];
    lost = new long[count];
    packets = new long[count];
    octets = new long[count];
    started = new boolean[count];
  }

  /// Tells the path. A stranger's word: no more can be lost than was sent.
  void onReports(List<ReportBlock> blocks, long nowNanos) {
    long allLost = 0;
    long allExpected = 0;
    long allOctets = 0;
    for (ReportBlock block : blocks) {
      EgressTrack track = tracks.find(block.ssrc());
      if (track == null) {
        continue;
      }
      int i = tracks.all().indexOf(track);
      long sent = track.flow().packets() - packets[i];
      long expected = Math.clamp(block.highestSequence() - highest[i], 0, sent);
      if (started[i] && expected > 0) {
        allExpected += expected;
        allLost += Math.clamp(block.cumulativeLost() - lost[i], 0, expected);
        allOctets += (track.flow().octets() - octets[i]) * expected / sent;
      }
      started[i] = true;
      highest[i] = block.highestSequence();
      lost[i] = block.cumulativeLost();
      packets[i] += sent;
      octets[i] = track.flow().octets();
    }
    if (allExpected > 0) {
      path.onLoss(allLost, allExpected, (int) (allOctets / allExpected), nowNanos);
    }
  }
}
