package io.wishbone.it;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// Ports that nobody used a moment ago, below the range from which the system gives out its own.
/// Tests that run at the same time in other processes may be given a part of them each: system
/// property `ports.part`, 1 or 2.
public final class FreePorts {

  private static final int FIRST = 20_000;
  private static final int COUNT = 12_000;
  private static final @Nullable Integer PART = Integer.getInteger("ports.part");
  private static final int LOWEST = PART == null || PART % 2 == 1 ? FIRST : FIRST + COUNT / 2;
  private static final int HIGHEST = PART == null ? FIRST + COUNT : LOWEST + COUNT / 2;
  private static final int ATTEMPTS = 200;

  private FreePorts() {}

  public static int tcp() {
    return tcp(1);
  }

  /// The first of `count` TCP ports in a row.
  public static int tcp(int count) {
    return find(count, FreePorts::bindTcp);
  }

  /// The first of `count` UDP ports in a row.
  public static int udp(int count) {
    return find(count, FreePorts::bindUdp);
  }

  private interface Binding {
    void tryPort(InetSocketAddress address) throws IOException;
  }

  private static int find(int count, Binding binding) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int first = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      if (areFree(first, count, binding)) {
        return first;
      }
    }
    throw new IllegalStateException("no free port found");
  }

  private static boolean areFree(int first, int count, Binding binding) {
    try {
      for (int port = first; port < first + count; port++) {
        binding.tryPort(new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), port));
      }
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static void bindTcp(InetSocketAddress address) throws IOException {
    try (var socket = new ServerSocket()) {
      socket.bind(address);
    }
  }

  private static void bindUdp(InetSocketAddress address) throws IOException {
    try (var socket = new DatagramSocket(null)) {
      socket.bind(address);
    }
  }
}
