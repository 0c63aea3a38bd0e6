package io.wishbone.node.negotiation;

/// Under which names we send to a peer.
///
/// @param firstSsrc of the first section; each further one has the next number
/// @param canonicalName what ties the sections together in RTCP (RFC 3550 section 6.5.1)
public record LocalSources(long firstSsrc, String canonicalName) {
  /// More sections than an answer ever takes, twice.
  private static final long ROOM = 16;

  private static final long RETRANSMISSIONS = ROOM / 2;

  /// The highest first number that leaves room for the others.
  public static final long MAX_FIRST_SSRC = 0xffff_ffffL - ROOM;

  long ssrc(int section) {
    return firstSsrc + section;
  }

  /// Of the section's retransmissions.
  long rtxSsrc(int section) {
    return firstSsrc + RETRANSMISSIONS + section;
  }
}
