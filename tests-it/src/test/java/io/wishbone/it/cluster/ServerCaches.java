package io.wishbone.it.cluster;

import io.wishbone.app.cluster.InfinispanServer;
import io.wishbone.it.FreePorts;
import io.wishbone.store.Caches;
import io.wishbone.store.remote.RemoteCaches;
import io.wishbone.store.remote.RemoteSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;

/// Caches on a server that all tests of stores share. Both end with the tests.
final class ServerCaches {

  /// The machine may be busy.
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final InfinispanServer SERVER = start();
  private static final RemoteCaches CACHES = connect();

  private ServerCaches() {}

  private static InfinispanServer start() {
    try {
      InfinispanServer server =
          InfinispanServer.start(
              TestCluster.servers(), Files.createTempDirectory("infinispan"), FreePorts.tcp());
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      return server;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// The same caches, as another pod has them.
  static RemoteCaches another() {
    return connect();
  }

  private static RemoteCaches connect() {
    var caches = new RemoteCaches(new RemoteSettings(SERVER.address(), PATIENCE));
    if (!caches.await(Duration.ofSeconds(120))) {
      throw new IllegalStateException("not reachable");
    }
    return caches;
  }

  /// `host:port`, for those who look at the server itself.
  static String address() {
    return SERVER.address();
  }

  /// Empty.
  static Caches empty() {
    CACHES.sessions().clear();
    CACHES.streams().clear();
    CACHES.eventStreams().clear();
    CACHES.edges().clear();
    CACHES.nodes().clear();
    CACHES.revocations().clear();
    CACHES.detours().clear();
    CACHES.lostNodes().clear();
    return CACHES;
  }
}
