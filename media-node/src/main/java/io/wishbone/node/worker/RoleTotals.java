package io.wishbone.node.worker;

import io.wishbone.node.doctor.SessionFigures;

/// What all sessions of one role have come to so far, those that have ended included.
public final class RoleTotals {
  private long packets;
  private long bytes;
  private long lost;
  private long nacks;
  private long repaired;
  private long keyframeRequests;

  void add(SessionFigures figures) {
    packets += figures.packets();
    bytes += figures.bytes();
    lost += figures.lost();
    nacks += figures.nacks();
    repaired += figures.repaired();
    keyframeRequests += figures.keyframeRequests();
  }

  RoleTotals copy() {
    var copy = new RoleTotals();
    copy.packets = packets;
    copy.bytes = bytes;
    copy.lost = lost;
    copy.nacks = nacks;
    copy.repaired = repaired;
    copy.keyframeRequests = keyframeRequests;
    return copy;
  }

  /// Of media, received from publishers or sent to viewers.
  public long packets() {
    return packets;
  }

  /// Of media, without headers.
  public long bytes() {
    return bytes;
  }

  /// Packets that did not come.
  public long lost() {
    return lost;
  }

  /// Packets that were asked for again.
  public long nacks() {
    return nacks;
  }

  /// Packets that came, or were sent, again.
  public long repaired() {
    return repaired;
  }

  /// How often a keyframe was asked for.
  public long keyframeRequests() {
    return keyframeRequests;
  }
}
