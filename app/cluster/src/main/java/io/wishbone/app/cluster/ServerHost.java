package io.wishbone.app.cluster;

import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Where brokers and stores run: [LocalHost] or [ContainerHost].
public interface ServerHost {

  /// The system property that says which: `processes` or `containers`. Without it, it is containers
  /// where Docker is there and has the images or can get them, and processes elsewhere.
  String PROPERTY = "wishbone.cluster.servers";

  /// Where a server finds the directory that is its own.
  String root(Path directory);

  /// Starts a server, for the first time or again with what it had, and waits until it is ready.
  ///
  /// @param before how it ran, if it did
  /// @throws IllegalStateException when it does not get ready; with what it printed
  Server start(ServerDefinition definition, @Nullable Server before);

  /// For people: what servers run as.
  String description();

  /// As [#PROPERTY] says. Prints which it is.
  static ServerHost chosen(Path projectRoot) {
    return of(projectRoot, System.getProperty(PROPERTY));
  }

  /// @param wanted as the values of [#PROPERTY]
  /// @throws IllegalArgumentException with one line for the user
  static ServerHost of(Path projectRoot, @Nullable String wanted) {
    ServerHost host = choose(wanted, () -> new LocalHost(projectRoot), ContainerHost::find);
    System.err.println("Kafka and Infinispan run as " + host.description());
    return host;
  }

  /// @param containers null where there cannot be any
  static ServerHost choose(
      @Nullable String wanted,
      Supplier<ServerHost> processes,
      Supplier<@Nullable ServerHost> containers) {
    return switch (wanted == null ? "" : wanted.toLowerCase(Locale.ROOT)) {
      case "processes" -> processes.get();
      case "containers" -> {
        ServerHost host = containers.get();
        if (host == null) {
          throw new IllegalArgumentException(
              "servers cannot run in containers: there is no Docker, or not their images");
        }
        yield host;
      }
      case "" -> {
        ServerHost host = containers.get();
        yield host == null ? processes.get() : host;
      }
      default ->
          throw new IllegalArgumentException(
              "servers run as processes or containers, not as '" + wanted + "'");
    };
  }
}
