package io.wishbone.app.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// An Infinispan Server, alone or one of several, on loopback, without authentication; what it
/// stores is in memory and gone when it ends, unless another one has it.
public final class InfinispanServer implements AutoCloseable {

  /// Of the same version as the jars of `server-infinispan`.
  static final String IMAGE = "quay.io/infinispan/server:16.0.7";

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

  /// One that stands still is left out after 3 to 3.5 s: two without a word of it, half a one until
  /// that is looked at, one for it to answer when it is asked. One whose process has died is left
  /// out after that last second. Parts that see each other again find that out within three
  /// seconds.
  private static final String TOGETHER =
      """
        <jgroups>
          <stack name="local" extends="tcp">
            <TCP bind_addr="127.0.0.1" bind_port="%1$d" port_range="0"
                external_addr="127.0.0.1" external_port="%3$d" stack.combine="COMBINE"/>
            <TCPPING initial_hosts="%2$s" port_range="0" stack.combine="REPLACE"
                stack.position="MPING"/>
            <FD_SOCK2 offset="1" port_range="0" stack.combine="COMBINE"/>
            <FD_ALL3 timeout="2000" interval="500" stack.combine="COMBINE"/>
            <MERGE3 min_interval="1000" max_interval="3000" stack.combine="COMBINE"/>
          </stack>
        </jgroups>
        <cache-container name="default">
          <transport stack="local"/>
        </cache-container>\
      """;

  private static final String CONFIGURATION =
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

  /// How many each has, and which of them others connect to, directly or by way of a relay.
  static final int PORTS = 5;

  static final int DIRECT = 1;
  static final int RELAYED = 3;

  private final ServerHost host;
  private final ServerDefinition definition;
  private final int port;
  private Server process;

  private InfinispanServer(ServerHost host, ServerDefinition definition, int port) {
    this.host = host;
    this.definition = definition;
    this.port = port;
    this.process = host.start(definition, null);
  }

  /// Starts one that is the only one, and waits until it is ready.
  public static InfinispanServer start(ServerHost host, Path directory, int port) {
    return start(host, directory, port, 0, 1, false);
  }

  /// Starts it and waits until it is ready.
  ///
  /// @param firstPort of the first server: each has five TCP ports, for clients, for other servers,
  ///   for these to notice that it has died, and two more of which the first is that of a relay to
  ///   the second one
  /// @param index of this one, from 0
  /// @param count how many there are
  /// @param areApart whether there are such relays, and servers go by way of them
  static InfinispanServer start(
      ServerHost host, Path directory, int firstPort, int index, int count, boolean areApart) {
    String containers =
        count == 1
            ? ALONE.formatted(caches())
            : together(firstPort, index, count, areApart ? RELAYED : DIRECT);
    int port = firstPort + index * PORTS;
    return new InfinispanServer(
        host, definition(host.root(directory), directory, containers, port), port);
  }

  /// @param way which of a server's ports others connect to
  private static String together(int firstPort, int index, int count, int way) {
    return TOGETHER.formatted(
        firstPort + index * PORTS + DIRECT,
        IntStream.range(0, count)
            .mapToObj(each -> "127.0.0.1[" + (firstPort + each * PORTS + way) + "]")
            .collect(Collectors.joining(",")),
        firstPort + index * PORTS + way);
  }

  private static ServerDefinition definition(
      String root, Path directory, String containers, int port) {
    List<String> arguments =
        List.of(
            "-s",
            root + "/server",
            "-c",
            "infinispan.xml",
            "-b",
            "127.0.0.1",
            "-p",
            Integer.toString(port),
            "-n",
            "local-" + port);
    return new ServerDefinition(
        "infinispan",
        directory,
        Map.of(
            "server/conf/infinispan.xml",
            CONFIGURATION.formatted(containers),
            "server/conf/log4j2.xml",
            LOGGING,
            // The server makes a class loader of this folder, and fails without.
            "server/lib/README",
            "Nothing is added to the server."),
        READY,
        "server-infinispan",
        List.of(
            new ServerDefinition.Program(
                List.of("-Xmx256m", "-XX:+UseSerialGC"),
                "org.infinispan.server.Bootstrap",
                arguments)),
        IMAGE,
        "exec /opt/infinispan/bin/server.sh " + String.join(" ", arguments),
        Map.of("JAVA_OPTS", "-Xmx256m -XX:+UseSerialGC"));
  }

  /// Those that programs would make, were this server one of several.
  private static String caches() {
    return CACHES.stream().map(OwnCache::configuration).collect(Collectors.joining("\n"));
  }

  /// `host:port` for Hot Rod clients.
  public String address() {
    return "127.0.0.1:" + port;
  }

  public Server process() {
    return process;
  }

  /// Starts it again after it has ended, empty.
  public void restart() {
    process = host.start(definition, process);
  }

  @Override
  public void close() {
    process.close();
  }
}
