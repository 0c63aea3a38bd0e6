package io.wishbone.it.conformance;

import io.wishbone.it.FreePorts;
import io.wishbone.it.RunningServer;
import io.wishbone.it.TestCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/// A server for all classes of the run: started by the first that needs it, ended with the last.
final class SharedServer implements BeforeAllCallback {
  static final String SECRET = "conformance-conformance-conformance";

  private static final Namespace NAMESPACE = Namespace.create(SharedServer.class);

  private final String name;
  private final Map<String, String> environment;
  private final String[] arguments;
  private Map<HttpProtocol, Http> clients = Map.of();

  private SharedServer(String name, Map<String, String> environment, String... arguments) {
    this.name = name;
    this.environment = environment;
    this.arguments = arguments;
  }

  /// Lets everybody in, and tells of ICE servers.
  static SharedServer open() {
    return new SharedServer(
        "open",
        Map.of("WISHBONE_TURN_CREDENTIAL", "pass"),
        "--ice-servers",
        "stun:stun.example.org,turn:turn.example.org:3478?transport=udp",
        "--turn-username",
        "user");
  }

  /// Asks for a token.
  static SharedServer guarded() {
    return new SharedServer(
        "guarded",
        Map.of("WISHBONE_JWT_SECRET", SECRET),
        "--auth",
        "jwt",
        "--jwt-algorithm",
        "hs256");
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    Started started =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent(name, key -> start(), Started.class);
    clients =
        Arrays.stream(HttpProtocol.values())
            .collect(Collectors.toMap(each -> each, each -> new Http(each, started.base(each))));
  }

  private Started start() {
    int httpsPort = FreePorts.tcp();
    try {
      Path directory = Files.createTempDirectory("wishbone-conformance");
      Path certificate = directory.resolve("certificate.pem");
      Path key = directory.resolve("key.pem");
      TestCertificate.make(directory, "conformance").write(certificate, key);
      List<String> all = new ArrayList<>(List.of(arguments));
      all.addAll(List.of("--https-port", "" + httpsPort));
      all.addAll(List.of("--tls-certificate", certificate.toString(), "--tls-key", key.toString()));
      var server = RunningServer.with(environment, all.toArray(String[]::new));
      return new Started(server.started(), httpsPort);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (GeneralSecurityException | InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /// Over plain HTTP/1.1.
  Http http() {
    return http(HttpProtocol.HTTP_1_1);
  }

  Http http(HttpProtocol protocol) {
    return Objects.requireNonNull(clients.get(protocol), "not started");
  }

  /// A server that runs.
  private record Started(RunningServer server, int httpsPort) implements AutoCloseable {
    URI base(HttpProtocol protocol) {
      return protocol.isOverTls()
          ? URI.create("https://localhost:" + httpsPort + "/")
          : server.console();
    }

    @Override
    public void close() {
      server.close();
    }
  }
}
