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
import org.infinispan.client.hotrod.DataFormat;
import org.infinispan.client.hotrod.RemoteCache;
import org.infinispan.client.hotrod.RemoteCacheManager;
import org.infinispan.commons.dataconversion.MediaType;
import org.infinispan.commons.marshall.IdentityMarshaller;
import org.infinispan.commons.marshall.ProtoStreamMarshaller;

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

  /// Keys as the program has them, values as they are on the wire.
  static RemoteCache<String, byte[]> raw(RemoteCacheManager manager, String name) {
    RemoteCache<String, byte[]> cache = manager.getCache(name);
    return cache.withDataFormat(
        DataFormat.builder()
            .keyType(MediaType.APPLICATION_PROTOSTREAM)
            .keyMarshaller(new ProtoStreamMarshaller())
            .valueType(MediaType.APPLICATION_PROTOSTREAM)
            .valueMarshaller(IdentityMarshaller.INSTANCE)
            .build());
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
