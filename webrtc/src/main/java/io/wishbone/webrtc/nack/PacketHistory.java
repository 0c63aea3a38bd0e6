package io.wishbone.webrtc.nack;

import java.nio.ByteBuffer;

/// The latest packets of one encoding as the source sent them, decrypted, under their extended
/// sequence numbers. One for all viewers: what a viewer asks for is rewritten from here once more.
///
/// Two rules keep a packet: it is young enough for repair, or it belongs to the current
/// [GroupOfPictures]. Packets lie in chunks in the order in which they came; a chunk goes when
/// neither rule holds for any packet in it, and the oldest chunk goes when the limits or the
/// worker's [PacketMemory] are exhausted. A table by index leads to them:
///
/// ```
///   index & mask ->  | index | chunk, offset, length | arrival |     an entry is dead when
///                       |                                            its chunk has gone
///                       v
///   chunks  [ old .......... ][ .................. ][ newest ...     ]  FIFO, 32 KiB each
/// ```
///
/// So putting and finding cost the same however much is held. The table begins small and doubles up
/// to the limit. A slot that [#find] returned is valid until the next [#put], [#expire] or
/// [#clear].
public final class PacketHistory {

  /// A longer packet is not kept: no path carries it in one piece.
  public static final int MAX_PACKET_BYTES = 2048;

  private static final int FIRST_SLOTS = 64;

  private final PacketMemory memory;
  private final HistoryLimits limits;
  private final GroupOfPictures group = new GroupOfPictures();

  private long[] indexes;
  private long[] places;
  private long[] arrivals;

  private final ChunkQueue chunks;

  private boolean started;
  private long highest;
  private long highestGone;
  private long held;
  private long refused;

  public PacketHistory(PacketMemory memory, HistoryLimits limits) {
    this.memory = memory;
    this.limits = limits;
    this.chunks = new ChunkQueue(limits.maxBytes() / PacketMemory.CHUNK_BYTES);
    int slots = Math.min(FIRST_SLOTS, limits.maxPackets());
    this.indexes = new long[slots];
    this.places = new long[slots];
    this.arrivals = new long[slots];
  }

  /// Keeps a copy of a packet. False: it is held already, too old, too long, or there is no room.
  ///
  /// @param index its extended sequence number
  /// @param rtpTimestamp its RTP timestamp
  /// @param keyframe whether a keyframe begins with it; always false for sound
  public boolean put(
      long index,
      ByteBuffer source,
      int offset,
      int length,
      long rtpTimestamp,
      boolean keyframe,
      long nowNanos) {
    expire(nowNanos);
    if (length <= 0 || length > MAX_PACKET_BYTES) {
      refused++;
      return false;
    }
    if (!started) {
      started = true;
      highest = index;
      highestGone = index - 1;
    }
    int slot = slotFor(index);
    if (slot < 0 || !makeRoom(length)) {
      return false;
    }
    if (isLive(places[slot])) {
      // An older packet that the table has no place for.
      chunks.uncount(places[slot]);
      lose(indexes[slot], 1);
    }
    indexes[slot] = index;
    places[slot] = chunks.append(source, offset, length, index, nowNanos);
    arrivals[slot] = nowNanos;
    held++;
    highest = Math.max(highest, index);
    updateGroup(index, length, rtpTimestamp, keyframe, nowNanos);
    return true;
  }

  /// The entry where `index` belongs, or -1 when it may not be put.
  private int slotFor(long index) {
    while (true) {
      int slot = slot(index);
      if (!isLive(places[slot])) {
        return slot;
      }
      if (indexes[slot] == index) {
        return -1;
      }
      if (indexes.length < limits.maxPackets()) {
        growTable();
      } else {
        return indexes[slot] < index ? slot : -1;
      }
    }
  }

  private void growTable() {
    long[] oldIndexes = indexes;
    long[] oldPlaces = places;
    long[] oldArrivals = arrivals;
    indexes = new long[oldIndexes.length * 2];
    places = new long[indexes.length];
    arrivals = new long[indexes.length];
    for (int i = 0; i < oldIndexes.length; i++) {
      if (isLive(oldPlaces[i])) {
        int slot = slot(oldIndexes[i]);
        indexes[slot] = oldIndexes[i];
        places[slot] = oldPlaces[i];
        arrivals[slot] = oldArrivals[i];
      }
    }
  }

  private boolean makeRoom(int length) {
    if (chunks.hasRoom(length)) {
      return true;
    }
    if (chunks.isFull()) {
      dropOldestChunk();
    }
    ByteBuffer chunk = memory.take();
    if (chunk == null && !chunks.isEmpty()) {
      dropOldestChunk();
      chunk = memory.take();
    }
    if (chunk == null) {
      refused++;
      return false;
    }
    chunks.add(chunk);
    return true;
  }

  private void updateGroup(
      long index, int length, long rtpTimestamp, boolean keyframe, long nowNanos) {
    if (keyframe
        && limits.groupNanos() > 0
        && index > highest - indexes.length
        && group.isMovedBy(index, rtpTimestamp)) {
      group.mark(index, rtpTimestamp, nowNanos);
      // Mostly the packet is the newest; otherwise some of its group came before it.
      for (long i = index; i <= highest; i++) {
        int slot = find(i);
        if (slot >= 0) {
          group.count(length(slot));
        }
      }
    } else if (group.holds(index)) {
      group.count(length);
    }
    if (group.isThere() && group.bytes() > limits.groupBytes()) {
      group.forget();
    }
  }

  /// Lets go of what is too old. To be called now and then while nothing comes.
  public void expire(long nowNanos) {
    if (group.isThere() && nowNanos - group.startNanos() > limits.groupNanos()) {
      group.forget();
    }
    while (!chunks.isEmpty()
        && nowNanos - chunks.oldestNewestNanos() > limits.repairNanos()
        && !group.holds(chunks.oldestHighestIndex())) {
      dropOldestChunk();
    }
  }

  private void dropOldestChunk() {
    lose(chunks.oldestHighestIndex(), chunks.oldestPackets());
    memory.giveBack(chunks.removeOldest());
  }

  /// Packets up to `index` have gone, or cannot be relied upon any more.
  private void lose(long index, int packets) {
    highestGone = Math.max(highestGone, index);
    held -= packets;
    if (group.holds(index)) {
      group.forget();
    }
  }

  /// Gives all memory back, such as when the source has gone.
  public void clear() {
    while (!chunks.isEmpty()) {
      dropOldestChunk();
    }
    group.forget();
  }

  /// Where the packet is, or -1.
  public int find(long index) {
    int slot = slot(index);
    return indexes[slot] == index && isLive(places[slot]) ? slot : -1;
  }

  public ByteBuffer buffer(int slot) {
    return chunks.buffer(places[slot]);
  }

  public int offset(int slot) {
    return ChunkQueue.offset(places[slot]);
  }

  public int length(int slot) {
    return ChunkQueue.length(places[slot]);
  }

  public long arrivalNanos(int slot) {
    return arrivals[slot];
  }

  /// Whether the packet has been here or was never to come, and is not any more. What is neither
  /// found nor gone may still arrive.
  public boolean isGone(long index) {
    return started && index <= highestGone && find(index) < 0;
  }

  /// The highest index put so far.
  public long highest() {
    return highest;
  }

  /// What a new viewer begins with: packets from [GroupOfPictures#first] to [#highest].
  public GroupOfPictures group() {
    return group;
  }

  /// Bytes taken from the worker's memory.
  public long usedBytes() {
    return (long) chunks.size() * PacketMemory.CHUNK_BYTES;
  }

  /// Packets that can be found.
  public long held() {
    return held;
  }

  /// Packets that were not kept for want of room, or for their length.
  public long refused() {
    return refused;
  }

  private boolean isLive(long place) {
    return chunks.isThere(place);
  }

  private int slot(long index) {
    return (int) index & (indexes.length - 1);
  }
}
