package io.wishbone.app.cluster;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The options of the program.
///
/// @param regions of the nodes, empty for none
/// @param servers as [ServerHost#of] takes it
record ClusterOptions(
    Map<String, Integer> numbers, Path directory, List<String> regions, @Nullable String servers) {

  static final String HELP =
      """
      Usage: wishbone cluster [options]

      Runs a whole cluster on this machine until Ctrl-C, to try it out: Kafka, Infinispan,
      signalling pods and media nodes. All of them listen on 127.0.0.1. What they
      have to say is in files of the directory.

        --pods COUNT
            Signalling pods. Default: 2.
        --nodes COUNT
            Media nodes. Default: 3.
        --brokers COUNT
            Kafka brokers. With three, any of them may die. Default: 1.
        --stores COUNT
            Infinispan Servers. With two, either of them may die. Default: 1.
        --http-port PORT
            TCP port of the first pod; each further one has the next. Default: 8080.
        --media-port PORT
            UDP port of the first node; each further one has the next hundred. Default: 9400.
        --health-port PORT
            TCP port of the first node's health and metrics; each further one has the next.
            Default: 9300.
        --regions NAME,NAME
            Regions that the nodes are in, in turn. Clients then say where they are in the header
            X-Client-Region. Default: none.
        --servers processes|containers
            What Kafka and Infinispan run as. Default: containers where Docker is there and has their
            images or can get them, and processes of this machine elsewhere.
        --directory DIRECTORY
            What is stored, and logs. Default: a new one among the temporary files.
      """;

  private static final String DIRECTORY = "--directory";
  private static final String REGIONS = "--regions";
  private static final String SERVERS = "--servers";
  private static final Map<String, Integer> DEFAULTS =
      Map.of(
          "--pods", 2,
          "--nodes", 3,
          "--brokers", 1,
          "--stores", 1,
          "--http-port", 8080,
          "--media-port", 9400,
          "--health-port", 9300);
  private static final int MOST = 65_535;

  /// @param fallback makes the directory when none is given
  /// @throws IllegalArgumentException with one line for the user
  static ClusterOptions read(List<String> words, java.util.function.Supplier<Path> fallback) {
    Map<String, Integer> numbers = new HashMap<>(DEFAULTS);
    Path directory = null;
    List<String> regions = List.of();
    String servers = null;
    for (int i = 0; i < words.size(); i += 2) {
      String name = words.get(i);
      if (i + 1 == words.size()) {
        throw new IllegalArgumentException(name + " needs a value; --help explains the options");
      }
      String value = words.get(i + 1);
      if (name.equals(DIRECTORY)) {
        directory = Path.of(value).toAbsolutePath();
      } else if (name.equals(REGIONS)) {
        regions = List.of(value.split(",", -1));
      } else if (name.equals(SERVERS)) {
        servers = value;
      } else if (numbers.containsKey(name)) {
        numbers.put(name, number(name, value));
      } else {
        throw new IllegalArgumentException(
            "there is no option '" + name + "'; --help explains the options");
      }
    }
    return new ClusterOptions(
        Map.copyOf(numbers), directory == null ? fallback.get() : directory, regions, servers);
  }

  private static int number(String name, String value) {
    try {
      int number = Integer.parseInt(value);
      if (number > 0 && number <= MOST) {
        return number;
      }
    } catch (NumberFormatException _) {
      // The same to whoever typed it.
    }
    throw new IllegalArgumentException(name + " has to be a number from 1 to " + MOST);
  }

  int number(String name) {
    return numbers.getOrDefault(name, 0);
  }
}
