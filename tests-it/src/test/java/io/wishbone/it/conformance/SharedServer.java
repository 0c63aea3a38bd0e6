package io.wishbone.it.conformance;

import io.wishbone.it.RunningServer;
import java.util.Map;
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
  private Http http = new Http();

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
    RunningServer server =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent(
                name,
                key -> RunningServer.with(environment, arguments).started(),
                RunningServer.class);
    http = new Http(server.console());
  }

  Http http() {
    return http;
  }
}
