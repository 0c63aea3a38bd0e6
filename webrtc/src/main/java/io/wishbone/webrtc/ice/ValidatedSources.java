package io.wishbone.webrtc.ice;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The addresses that the peer proved to be its own, the latest one last. When there are too many,
/// the oldest is dropped, but never the one in use.
final class ValidatedSources {

  static final int CAPACITY = 16;

  private final @Nullable InetSocketAddress[] addresses = new @Nullable InetSocketAddress[CAPACITY];
  private int size;

  /// Adds the address, or makes it the latest again.
  void add(InetSocketAddress address, @Nullable InetSocketAddress inUse) {
    int index = indexOf(address);
    if (index == size - 1 && index >= 0) {
      return;
    }
    if (index >= 0) {
      remove(index);
    } else if (size == CAPACITY) {
      InetSocketAddress oldest = addresses[0];
      remove(oldest != null && oldest.equals(inUse) ? 1 : 0);
    }
    addresses[size++] = address;
  }

  boolean contains(InetSocketAddress address) {
    return indexOf(address) >= 0;
  }

  @Nullable InetSocketAddress latest() {
    return size == 0 ? null : addresses[size - 1];
  }

  List<InetSocketAddress> list() {
    return List.of(Arrays.copyOf(addresses, size, InetSocketAddress[].class));
  }

  void clear() {
    Arrays.fill(addresses, null);
    size = 0;
  }

  private int indexOf(InetSocketAddress address) {
    for (int i = size - 1; i >= 0; i--) {
      if (address.equals(addresses[i])) {
        return i;
      }
    }
    return -1;
  }

  private void remove(int index) {
    System.arraycopy(addresses, index + 1, addresses, index, size - index - 1);
    addresses[--size] = null;
  }
}
