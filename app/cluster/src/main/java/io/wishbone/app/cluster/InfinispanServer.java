package io.wishbone.app.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// An Infinispan Server as a local process, alone or one of several, on loopback, without
/// authentication; what it stores is in memory and gone when it ends, unless another one has it.
public final class InfinispanServer implements AutoCloseable {

  private static final String READY = "ISPN080001";

  private static final List<OwnCache> CACHES =
      List.of(
          new OwnCache("sessions", Duration.ofDays(1), 0),
          new OwnCache("streams", Duration.ofMinutes(10), 0),
          new OwnCache("nodes", Duration.ofMillis(2_500), 0),
          new OwnCache("revocations", Duration.ofDays(366), 0),
          new OwnCache("event-streams", Duration.ofMinutes(10), 0),
          new OwnCache("detours", Duration.ofDays(1), 100_000),
          new OwnCache("edges", Duration.ofMinutes(10), 0),
          new OwnCache("lost-nodes", Duration.ofSeconds(30), 0));

  /// A cache of a server that is the only one.
  ///
  /// @param lifespan of entries that come without one, as where programs make the caches
  /// @param most entries, 0 for no limit
  private record OwnCache(String name, Duration lifespan, int most) {

    String configuration() {
      return """
      <local-cache name="wishbone-%s" statistics="true">
        <encoding media-type="application/x-protostream"/>
        <expiration lifespan="%d" interval="5000"/>
        %s
      </local-cache>\
      """
          .formatted(
              name,
              lifespan.toMillis(),
              most == 0 ? "" : "<memory max-count=\"%d\" when-full=\"REMOVE\"/>".formatted(most));
    }
  }

  private static final String ALONE =
      """
        <cache-container name="default">
      %s
        </cache-container>\
      """;

  /// One that stands still is missed after three seconds, one whose process has died at once.
  private static final String TOGETHER =
      """
        <jgroups>
          <stack name="local" extends="tcp">
            <TCP bind_addr="127.0.0.1" bind_port="%1$d" port_range="0" stack.combine="COMBINE"/>
            <TCPPING initial_hosts="%2$s" port_range="0" stack.combine="REPLACE"
                stack.position="MPING"/>
            <FD_SOCK2 offset="1" stack.combine="COMBINE"/>
            <FD_ALL3 timeout="3000" interval="1000" stack.combine="COMBINE"/>
          </stack>
        </jgroups>
        <cache-container name="default">
          <transport stack="local"/>
        </cache-container>\
      """;

  private static final String LOGGING =
      """
      <Configuration>
        <Appenders>
          <Console name="stdout"><PatternLayout pattern="%d %-5p [%c{1}] %m%n"/></Console>
        </Appenders>
        <Loggers>
          <Root level="INFO"><AppenderRef ref="stdout"/></Root>
        </Loggers>
      </Configuration>
      """;

  private static final int PORTS = 3;

  private final String classPath;
  private final Path directory;
  private final int port;
  private LocalProcess process;

  private InfinispanServer(String classPath, Path directory, int port) {
    this.classPath = classPath;
    this.directory = directory;
    this.port = port;
    this.process = run();
  }

  /// Starts one that is the only one, and waits until it is ready.
  public static InfinispanServer start(Path projectRoot, Path directory, int port) {
    return start(projectRoot, directory, port, 0, 1);
  }

  /// Starts it and waits until it is ready.
  ///
  /// @param firstPort of the first server: each has three TCP ports, for clients, for other
  ///   servers, and for these to notice that it has died
  /// @param index of this one, from 0
  /// @param count how many there are
  static InfinispanServer start(
      Path projectRoot, Path directory, int firstPort, int index, int count) {
    String classPath = ServerClassPath.of(projectRoot, "server-infinispan");
    writeConfiguration(
        directory, count == 1 ? ALONE.formatted(caches()) : together(firstPort, index, count));
    return new InfinispanServer(classPath, directory, firstPort + index * PORTS);
  }

  private static String together(int firstPort, int index, int count) {
    return TOGETHER.formatted(
        firstPort + index * PORTS + 1,
        IntStream.range(0, count)
            .mapToObj(each -> "127.0.0.1[" + (firstPort + each * PORTS + 1) + "]")
            .collect(Collectors.joining(",")));
  }

  private static void writeConfiguration(Path directory, String containers) {
    String configuration =
        """
        <infinispan xmlns="urn:infinispan:config:16.0"
            xmlns:server="urn:infinispan:server:16.0">
        %s
          <server:server>
            <server:interfaces>
              <server:interface name="public">
                <server:inet-address value="127.0.0.1"/>
              </server:interface>
            </server:interfaces>
            <server:socket-bindings default-interface="public" port-offset="0">
              <server:socket-binding name="default" port="${infinispan.bind.port:11222}"/>
            </server:socket-bindings>
            <server:endpoints socket-binding="default"/>
          </server:server>
        </infinispan>
        """
            .formatted(containers);
    try {
      Files.createDirectories(directory.resolve("server/conf"));
      // The server makes a class loader of it, and fails without.
      Files.createDirectories(directory.resolve("server/lib"));
      Path folder = directory.resolve("server/conf");
      Files.writeString(folder.resolve("infinispan.xml"), configuration);
      Files.writeString(folder.resolve("log4j2.xml"), LOGGING);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// Those that programs would make, were this server one of several.
  private static String caches() {
    return CACHES.stream().map(OwnCache::configuration).collect(Collectors.joining("\n"));
  }

  private LocalProcess run() {
    return LocalProcess.start(
            "infinispan",
            directory,
            new JavaProgram(
                    List.of("-Xmx256m", "-XX:+UseSerialGC"),
                    classPath,
                    "org.infinispan.server.Bootstrap",
                    List.of(
                        "-s",
                        directory.resolve("server").toString(),
                        "-c",
                        "infinispan.xml",
                        "-b",
                        "127.0.0.1",
                        "-p",
                        Integer.toString(port),
                        "-n",
                        "local-" + port))
                .command())
        .awaitLine(READY);
  }

  /// `host:port` for Hot Rod clients.
  public String address() {
    return "127.0.0.1:" + port;
  }

  public LocalProcess process() {
    return process;
  }

  /// Starts it again after it has ended, empty.
  public void restart() {
    process.close();
    process = run();
  }

  @Override
  public void close() {
    process.close();
  }
}
