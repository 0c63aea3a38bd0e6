package io.wishbone.signaling.ice;

import io.quarkus.runtime.StartupEvent;
import io.wishbone.control.StreamName;
import io.wishbone.signaling.SignalingConfig;
import io.wishbone.signaling.auth.Caller;
import io.wishbone.webrtc.uri.IceServerUri;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Tells clients of STUN and TURN servers, in `Link` headers (RFC 9725 section 4.6).
@Singleton
public final class IceServers {

  private static final Logger LOG = Logger.getLogger(IceServers.class);

  private final List<IceServerUri> servers;
  private final TurnAccess access;
  private final InstantSource clock;

  @Inject
  IceServers(SignalingConfig config) {
    this(config.iceServers().orElse(List.of()), config.turn(), InstantSource.system());
  }

  IceServers(List<String> servers, SignalingConfig.Turn turn, InstantSource clock) {
    this.servers = servers.stream().map(IceServerUri::parse).toList();
    this.access = TurnAccess.of(turn);
    this.clock = clock;
    if (access instanceof TurnAccess.None && this.servers.stream().anyMatch(IceServerUri::isTurn)) {
      throw new IllegalStateException(
          "TURN servers need wishbone.turn.secret, or wishbone.turn.username and"
              + " wishbone.turn.credential");
    }
  }

  /// Makes a server with wrong settings fail when it starts, not when somebody comes.
  void start(@Observes StartupEvent event) {
    if (servers.stream().anyMatch(server -> server.scheme().equals("turns"))
        && servers.stream().noneMatch(server -> server.scheme().equals("turn"))) {
      LOG.warn("There are turns: servers, but no turn: server, and OBS uses no others");
    }
  }

  /// Whether there is nothing to tell.
  public boolean isEmpty() {
    return servers.isEmpty();
  }

  /// Adds one header line for each server. Never one line for several: some clients read the first
  /// item of a line and lose the others.
  ///
  /// @param stream names the user where the caller has no name; null when no stream is known
  public void addTo(Response.ResponseBuilder response, Caller caller, @Nullable StreamName stream) {
    links(user(caller, stream)).forEach(link -> response.header(HttpHeaders.LINK, link));
  }

  List<String> links(String user) {
    TurnCredentials credentials = access.credentials(user, clock.instant());
    return servers.stream().map(server -> link(server, credentials)).toList();
  }

  private static String link(IceServerUri server, @Nullable TurnCredentials credentials) {
    String link = "<" + server.text() + ">; rel=\"ice-server\"";
    if (credentials == null || !server.isTurn()) {
      return link;
    }
    return "%s; username=\"%s\"; credential=\"%s\""
        .formatted(link, credentials.username(), credentials.credential());
  }

  private static String user(Caller caller, @Nullable StreamName stream) {
    if (caller.subject() != null) {
      return caller.subject();
    }
    return stream == null ? "anybody" : stream.value();
  }
}
