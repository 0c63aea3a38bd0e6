package io.wishbone.client.load;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/// The processor time of a process on this machine, as Linux tells it.
final class ServerProcess {
  private static final long TICK_NANOS = 10_000_000L;
  private static final String LISTENING = "0A";

  private ServerProcess() {}

  /// User and system time of all its threads; -1 when there is no such process.
  static long cpuNanos(long pid) {
    if (pid <= 0) {
      return -1;
    }
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      // The name, in parentheses, may hold spaces.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * TICK_NANOS;
    } catch (IOException | RuntimeException e) {
      return -1;
    }
  }

  /// The process that listens on a TCP port here; 0 when none does, or it is somebody else's.
  static long listeningOn(int port) {
    try {
      Set<String> sockets = new HashSet<>();
      for (String table : new String[] {"/proc/net/tcp", "/proc/net/tcp6"}) {
        addListening(Path.of(table), String.format(Locale.ROOT, ":%04X", port), sockets);
      }
      try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
        for (Path process : processes) {
          if (holds(process, sockets)) {
            return Long.parseLong(process.getFileName().toString());
          }
        }
      }
      return 0;
    } catch (IOException e) {
      return 0;
    }
  }

  private static void addListening(Path table, String port, Set<String> sockets)
      throws IOException {
    if (!Files.isReadable(table)) {
      return;
    }
    for (String line : Files.readAllLines(table)) {
      String[] fields = line.strip().split("\\s+");
      if (fields.length > 9 && fields[1].endsWith(port) && fields[3].equals(LISTENING)) {
        sockets.add("socket:[" + fields[9] + "]");
      }
    }
  }

  private static boolean holds(Path process, Set<String> sockets) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path file : files) {
        if (sockets.contains(Files.readSymbolicLink(file).toString())) {
          return true;
        }
      }
    } catch (IOException e) {
      // Another user's process, or one that has ended meanwhile.
    }
    return false;
  }
}
