package io.wishbone.node.forward;

/// The constants that turn a source's numbers into a viewer's. They change when the viewer joins,
/// is switched to another encoding, or gets other layers of one; never from packet to packet.
///
/// ```
/// viewer's index      = source's index - left + indexOffset        index = ROC << 16 | sequence number
/// viewer's timestamp  = source's timestamp + timestampOffset       modulo 2^32
/// viewer's picture id = source's picture id - pictures left + pictureIdOffset
///                                                                  modulo 2^15, VP8 only
/// ```
///
/// What is left is what of the encoding before this packet lies above the viewer's [LayerTarget]:
/// the [LayerLedger] counts it, once for all viewers. It is 0 for who gets everything.
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
/// by this node or by another that counts as it does, has the same number again.
///
/// @param target the layers that are sent
/// @param catchUp what the viewer was given of the past
/// @param firstIndex the source's index from which on this numbering holds: an older packet that
///   arrives late would take a number that was given to the previous encoding
public record EgressNumbering(
    int target,
    long indexOffset,
    long timestampOffset,
    int pictureIdOffset,
    int temporalZeroOffset,
    CatchUp catchUp,
    long firstIndex) {

  private static final long UNSIGNED_INT = 0xFFFF_FFFFL;

  /// Numbers such that the source's packet becomes the one of `egressIndex`, `egressTimestamp`.
  public static EgressNumbering beginning(
      SourcePacket packet, int target, long egressIndex, long egressTimestamp) {
    long index = packet.index();
    return new EgressNumbering(
        target,
        egressIndex - index + packet.layers().left(index, target),
        (egressTimestamp - packet.rtp().timestamp()) & UNSIGNED_INT,
        packet.layers().picturesLeft(index, target),
        0,
        CatchUp.NONE,
        index);
  }

  /// The same numbering with these offsets for VP8's picture id and TL0PICIDX, by which the
  /// packet's differ from the viewer's.
  public EgressNumbering withPictureOffsets(SourcePacket packet, int pictureId, int temporalZero) {
    return new EgressNumbering(
        target,
        indexOffset,
        timestampOffset,
        pictureId + packet.layers().picturesLeft(packet.index(), target),
        temporalZero,
        catchUp,
        firstIndex);
  }

  /// The same for a viewer that catches up.
  public EgressNumbering catchingUp(CatchUp past) {
    return new EgressNumbering(
        target,
        indexOffset,
        timestampOffset,
        pictureIdOffset,
        temporalZeroOffset,
        past,
        firstIndex);
  }

  /// Goes on without a gap with other layers, from this packet on.
  public EgressNumbering retargeted(SourcePacket packet, int next) {
    PacketLayers layers = packet.layers();
    long index = packet.index();
    return new EgressNumbering(
        next,
        indexOffset + layers.left(index, next) - layers.left(index, target),
        timestampOffset,
        pictureIdOffset + layers.picturesLeft(index, next) - layers.picturesLeft(index, target),
        temporalZeroOffset,
        catchUp,
        index);
  }

  /// Whether the source packet has a number here at all.
  public boolean covers(SourcePacket packet) {
    return packet.index() >= firstIndex && packet.layers().isNumbered(packet.index(), target);
  }

  /// Whether the packet goes out: else it has no number of its own.
  public boolean includes(SourcePacket packet) {
    return packet.layers().isWithin(target) || packet.layers().isFiller(target);
  }

  /// Whether the packet is the last one that goes out of a picture. The source's marker says so of
  /// the highest of its layers only.
  public boolean endsPicture(SourcePacket packet) {
    return !packet.layers().isFiller(target)
        && (packet.rtp().marker() || packet.layers().endsPicture(target));
  }

  /// The viewer's 48-bit packet index.
  public long index(SourcePacket packet) {
    return packet.index() - packet.layers().left(packet.index(), target) + indexOffset;
  }

  /// What the viewer knows by this index, less what was left out: see [LayerLedger#find].
  public long sourceNumber(long viewerIndex) {
    return viewerIndex - indexOffset;
  }

  /// The viewer's RTP timestamp of a packet.
  public long timestamp(SourcePacket packet) {
    return timestamp(catchUp.timestamp(packet.index(), packet.rtp().timestamp()));
  }

  /// The viewer's RTP timestamp of what is new.
  public long timestamp(long sourceTimestamp) {
    return (sourceTimestamp + timestampOffset) & UNSIGNED_INT;
  }

  /// VP8's picture id as the viewer sees it; of 7 bits, the lower ones count.
  public int pictureId(SourcePacket packet, int sourcePictureId) {
    int left = packet.layers().picturesLeft(packet.index(), target);
    return (sourcePictureId - left + pictureIdOffset) & 0x7FFF;
  }

  /// VP8's TL0PICIDX as the viewer sees it.
  public int temporalZero(int sourceTemporalZero) {
    return (sourceTemporalZero + temporalZeroOffset) & 0xFF;
  }
}
