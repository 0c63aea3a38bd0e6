package io.wishbone.client.net;

import io.wishbone.webrtc.Outbox;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;

/// A UDP socket of a [ClientLoop]; its outbox sends at once. Used on the loop's thread, except for
/// opening it.
public final class ClientSocket implements Outbox {
  private static final int SOCKET_BUFFER_BYTES = 1 << 20;

  private final DatagramChannel channel;
  private ByteBuffer arena = ByteBuffer.allocateDirect(2048);
  private @Nullable DatagramEndpoint endpoint;
  private long sendFailures;

  /// Opens a socket on any free port of all addresses.
  ///
  /// @throws IOException when the system gives none
  public ClientSocket() throws IOException {
    channel = DatagramChannel.open();
    channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_BYTES);
    channel.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER_BYTES);
    channel.bind(null);
    channel.configureBlocking(false);
  }

  DatagramChannel channel() {
    return channel;
  }

  @Nullable DatagramEndpoint endpoint() {
    return endpoint;
  }

  void endpoint(DatagramEndpoint next) {
    endpoint = next;
  }

  /// Datagrams that the system refused, its buffer being full or the address out of reach.
  public long sendFailures() {
    return sendFailures;
  }

  @Override
  public ByteBuffer buffer() {
    return arena;
  }

  @Override
  public int claim(int capacity) {
    if (capacity > arena.capacity()) {
      arena = ByteBuffer.allocateDirect(capacity);
    }
    return 0;
  }

  @Override
  public void commit(int offset, int length, InetSocketAddress destination) {
    try {
      if (channel.send(arena.slice(offset, length), destination) == 0) {
        sendFailures++;
      }
    } catch (IOException e) {
      // An unreachable address is what connectivity checks are there to find out.
      sendFailures++;
    }
  }
}
