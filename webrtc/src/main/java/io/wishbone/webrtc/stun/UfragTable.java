package io.wishbone.webrtc.stun;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Finds whose a STUN request is by the receiver's half of its USERNAME.
public final class UfragTable<T> {

  /// The value of the local username fragment that the datagram names; null when the datagram is
  /// not a Binding request, or names none that is known.
  public @Nullable T find(ByteBuffer buffer, int offset, int length) {
    return null;
  }

  /// Adds or replaces.
  public void put(String usernameFragment, T value) {}

  public @Nullable T remove(String usernameFragment) {
    return null;
  }

  public int size() {
    return 0;
  }
}
