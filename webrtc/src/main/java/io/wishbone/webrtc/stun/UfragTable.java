package io.wishbone.webrtc.stun;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Finds whose a STUN request is by the receiver's half of its USERNAME.
///
/// A hash table over bytes: a lookup reads them where they lie in the datagram, so that a datagram
/// for nobody costs no memory. Linear probing, at most half full. The keys are drawn by us at
/// random, so nobody can make them collide.
///
/// A hit says nothing about who sent the datagram: that is for MESSAGE-INTEGRITY to say.
public final class UfragTable<T> {

  private static final int INITIAL_CAPACITY = 16;

  private @Nullable Entry[] entries = new @Nullable Entry[INITIAL_CAPACITY];
  private int size;
  private int longestKey;

  /// The value of the local username fragment that the datagram names; null when the datagram is
  /// not a Binding request, or names none that is known.
  public @Nullable T find(ByteBuffer buffer, int offset, int length) {
    if (!StunReader.looksLikeStun(buffer, offset, length)
        || length > StunFormat.MAX_LENGTH
        || buffer.getShort(offset) != StunMessageType.BINDING_REQUEST.code()) {
      return null;
    }
    int end = offset + length;
    int position = offset + StunFormat.HEADER_LENGTH;
    while (end - position >= StunFormat.ATTRIBUTE_HEADER_LENGTH) {
      int attribute = buffer.getShort(position) & 0xFFFF;
      int valueLength = buffer.getShort(position + 2) & 0xFFFF;
      int value = position + StunFormat.ATTRIBUTE_HEADER_LENGTH;
      if (valueLength > end - value || attribute == StunFormat.MESSAGE_INTEGRITY) {
        return null;
      }
      if (attribute == StunFormat.USERNAME) {
        return lookUp(buffer, value, valueLength);
      }
      position = value + StunFormat.padded(valueLength);
    }
    return null;
  }

  /// Adds or replaces.
  public void put(String usernameFragment, T value) {
    if (2 * (size + 1) > entries.length) {
      grow();
    }
    byte[] key = usernameFragment.getBytes(StandardCharsets.UTF_8);
    int slot = slot(key);
    if (entries[slot] == null) {
      size++;
    }
    entries[slot] = new Entry(key, value);
    longestKey = Math.max(longestKey, key.length);
  }

  public @Nullable T remove(String usernameFragment) {
    int slot = slot(usernameFragment.getBytes(StandardCharsets.UTF_8));
    Entry removed = entries[slot];
    if (removed == null) {
      return null;
    }
    size--;
    closeGap(slot);
    return value(removed);
  }

  public int size() {
    return size;
  }

  /// `value` is `local:remote`.
  private @Nullable T lookUp(ByteBuffer buffer, int value, int valueLength) {
    int limit = Math.min(valueLength, longestKey + 1);
    int hash = 0;
    for (int i = 0; i < limit; i++) {
      byte b = buffer.get(value + i);
      if (b == ':') {
        return lookUp(buffer, value, i, spread(hash));
      }
      hash = 31 * hash + b;
    }
    return null;
  }

  private @Nullable T lookUp(ByteBuffer buffer, int offset, int length, int hash) {
    int mask = entries.length - 1;
    int slot = hash & mask;
    Entry entry = entries[slot];
    while (entry != null) {
      if (entry.matches(buffer, offset, length)) {
        return value(entry);
      }
      slot = (slot + 1) & mask;
      entry = entries[slot];
    }
    return null;
  }

  /// Where the key is, or where it would go.
  private int slot(byte[] key) {
    int mask = entries.length - 1;
    int slot = hash(key) & mask;
    Entry entry = entries[slot];
    while (entry != null && !Arrays.equals(entry.key, key)) {
      slot = (slot + 1) & mask;
      entry = entries[slot];
    }
    return slot;
  }

  /// Moves up what was pushed past the freed slot, so that no probe ends too early.
  private void closeGap(int freed) {
    int mask = entries.length - 1;
    int gap = freed;
    int slot = (gap + 1) & mask;
    Entry entry = entries[slot];
    while (entry != null) {
      int home = hash(entry.key) & mask;
      if (((slot - home) & mask) >= ((slot - gap) & mask)) {
        entries[gap] = entry;
        gap = slot;
      }
      slot = (slot + 1) & mask;
      entry = entries[slot];
    }
    entries[gap] = null;
  }

  private void grow() {
    @Nullable Entry[] old = entries;
    entries = new @Nullable Entry[2 * old.length];
    for (Entry entry : old) {
      if (entry != null) {
        entries[slot(entry.key)] = entry;
      }
    }
  }

  private static int hash(byte[] key) {
    int hash = 0;
    for (byte b : key) {
      hash = 31 * hash + b;
    }
    return spread(hash);
  }

  private static int spread(int hash) {
    int mixed = hash * 0x9E3779B9;
    return mixed ^ (mixed >>> 15);
  }

  @SuppressWarnings("unchecked") // Only put() makes entries.
  private T value(Entry entry) {
    return (T) entry.value;
  }

  private static final class Entry {

    final byte[] key;
    final Object value;

    Entry(byte[] key, Object value) {
      this.key = key;
      this.value = value;
    }

    boolean matches(ByteBuffer buffer, int offset, int length) {
      if (key.length != length) {
        return false;
      }
      for (int i = 0; i < length; i++) {
        if (key[i] != buffer.get(offset + i)) {
          return false;
        }
      }
      return true;
    }
  }
}
