package io.wishbone.app.cluster;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// TCP ports that nobody used a moment ago. Below the range from which systems give out their own
/// (32768 on Linux, 49152 elsewhere): of those, each may be taken by any connection that begins
/// before a server has started.
final class FreePorts {

  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 32_000;
  private static final int ATTEMPTS = 200;

  private FreePorts() {}

  /// The first of so many in a row.
  ///
  /// @throws IllegalStateException when there are hardly any
  static int inARow(int count) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int first = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      if (areFree(first, count)) {
        return first;
      }
    }
    throw new IllegalStateException("no " + count + " TCP ports in a row are free");
  }

  private static boolean areFree(int first, int count) {
    List<ServerSocket> taken = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        taken.add(new ServerSocket(first + i));
      }
      return true;
    } catch (IOException _) {
      return false;
    } finally {
      taken.forEach(FreePorts::close);
    }
  }

  private static void close(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // Nobody was to use it.
    }
  }
}
