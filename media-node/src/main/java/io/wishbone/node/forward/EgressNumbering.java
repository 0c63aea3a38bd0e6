package io.wishbone.node.forward;

/// The constants that turn a source's numbers into a viewer's. They change when the viewer joins or
/// is switched to another encoding, never from packet to packet.
///
/// ```
/// viewer's index      = source's index + indexOffset        index = ROC << 16 | sequence number
/// viewer's timestamp  = source's timestamp + timestampOffset       modulo 2^32
/// viewer's picture id = source's picture id + pictureIdOffset      modulo 2^15, VP8 only
/// ```
///
/// Packets of the past that a new viewer gets to catch up with come faster than they were made.
/// Their timestamps are drawn together towards the newest of them, so that the player does so as
/// well:
///
/// ```
/// viewer's timestamp = viewer's newest - (source's newest - source's) / catchUp.divisor
/// ```
///
/// A gap in the source is therefore the same gap for every viewer, and a packet that is sent again,
/// by this node or by another, has the same number again.
///
/// @param catchUp what the viewer was given of the past
/// @param firstIndex the source's index from which on this numbering holds: an older packet that
///   arrives late would take a number that was given to the previous encoding
public record EgressNumbering(
    long indexOffset,
    long timestampOffset,
    int pictureIdOffset,
    int temporalZeroOffset,
    CatchUp catchUp,
    long firstIndex) {

  private static final long UNSIGNED_INT = 0xFFFF_FFFFL;

  /// Numbers such that the source packet `index`, `timestamp` becomes `egressIndex`,
  /// `egressTimestamp`.
  public static EgressNumbering beginning(
      long index, long timestamp, long egressIndex, long egressTimestamp) {
    return new EgressNumbering(
        egressIndex - index,
        (egressTimestamp - timestamp) & UNSIGNED_INT,
        0,
        0,
        CatchUp.NONE,
        index);
  }

  /// The same numbering with these offsets for VP8's picture id and TL0PICIDX.
  public EgressNumbering withPictureOffsets(int pictureId, int temporalZero) {
    return new EgressNumbering(
        indexOffset, timestampOffset, pictureId, temporalZero, catchUp, firstIndex);
  }

  /// The same timestamps, under indexes such that the source's packet becomes this one.
  public EgressNumbering shiftedTo(long index, long egressIndex) {
    return new EgressNumbering(
        egressIndex - index,
        timestampOffset,
        pictureIdOffset,
        temporalZeroOffset,
        catchUp,
        firstIndex);
  }

  /// The same numbering for a viewer that catches up.
  public EgressNumbering catchingUp(CatchUp past) {
    return new EgressNumbering(
        indexOffset, timestampOffset, pictureIdOffset, temporalZeroOffset, past, firstIndex);
  }

  /// Whether the source packet has a number here at all.
  public boolean covers(long index) {
    return index >= firstIndex;
  }

  /// The viewer's 48-bit packet index.
  public long index(long sourceIndex) {
    return sourceIndex + indexOffset;
  }

  /// The source's index of what the viewer knows by this one.
  public long sourceIndex(long viewerIndex) {
    return viewerIndex - indexOffset;
  }

  /// The viewer's RTP timestamp of a packet.
  public long timestamp(long sourceIndex, long sourceTimestamp) {
    return timestamp(catchUp.timestamp(sourceIndex, sourceTimestamp));
  }

  /// The viewer's RTP timestamp of what is new.
  public long timestamp(long sourceTimestamp) {
    return (sourceTimestamp + timestampOffset) & UNSIGNED_INT;
  }

  /// VP8's picture id as the viewer sees it; of 7 bits, the lower ones count.
  public int pictureId(int sourcePictureId) {
    return (sourcePictureId + pictureIdOffset) & 0x7FFF;
  }

  /// VP8's TL0PICIDX as the viewer sees it.
  public int temporalZero(int sourceTemporalZero) {
    return (sourceTemporalZero + temporalZeroOffset) & 0xFF;
  }
}
