package io.wishbone.webrtc.sim;

import io.wishbone.webrtc.Outbox;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A UDP socket on the simulated network; its outbox sends at once.
public final class SimSocket implements Outbox {
  private final SimNetwork network;
  private final InetSocketAddress address;
  private ByteBuffer arena = ByteBuffer.allocate(4096);
  private @Nullable SimEndpoint endpoint;
  private long sentDatagrams;
  private long sentBytes;
  private @Nullable Predicate<byte[]> next;
  private final Map<InetSocketAddress, Long> bytesTo = new HashMap<>();
  private @Nullable SentNumbers numbers;

  /// The timer event that counts; earlier ones left in the network's queue do not.
  long timerAt = Long.MAX_VALUE;

  SimSocket(SimNetwork network, InetSocketAddress address) {
    this.network = network;
    this.address = address;
  }

  public InetSocketAddress address() {
    return address;
  }

  /// Lets datagrams and timeouts in. Without an endpoint they vanish, as on a host that has died.
  public void attach(@Nullable SimEndpoint next) {
    endpoint = next;
    network.reschedule(this);
  }

  @Nullable SimEndpoint endpoint() {
    return endpoint;
  }

  public long sentDatagrams() {
    return sentDatagrams;
  }

  public long sentBytes() {
    return sentBytes;
  }

  /// From now on, fails when a number is used for two different packets.
  public void watchNumbers() {
    numbers = new SentNumbers();
  }

  /// Loses the next datagram of this kind that is sent from here, and no other.
  public void loseNext(Predicate<byte[]> kind) {
    next = kind;
  }

  /// Whether what [#loseNext] waits for has not been sent yet.
  public boolean isLosing() {
    return next != null;
  }

  /// Bytes sent to one address.
  public long sentTo(InetSocketAddress destination) {
    return bytesTo.getOrDefault(destination, 0L);
  }

  @Override
  public String toString() {
    return "socket " + address;
  }

  @Override
  public ByteBuffer buffer() {
    return arena;
  }

  @Override
  public int claim(int capacity) {
    if (capacity > arena.capacity()) {
      arena = ByteBuffer.allocate(capacity);
    }
    return 0;
  }

  @Override
  public void commit(int offset, int length, InetSocketAddress destination) {
    byte[] datagram = new byte[length];
    arena.get(offset, datagram);
    sentDatagrams++;
    sentBytes += length;
    if (numbers != null) {
      numbers.onDatagram(datagram, destination);
    }
    if (next != null && next.test(datagram)) {
      next = null;
      return;
    }
    bytesTo.merge(destination, (long) length, Long::sum);
    network.send(this, datagram, destination);
  }
}
