package io.wishbone.app.standalone;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// What happens between start and end: says where the server is, once it listens there.
final class Server implements QuarkusApplication {

  private final String address;

  Server(
      @ConfigProperty(name = "quarkus.http.host") String host,
      @ConfigProperty(name = "quarkus.http.port") int port) {
    address = "http://" + (host.equals("127.0.0.1") ? "localhost" : host) + ":" + port;
  }

  @Override
  public int run(String... arguments) {
    System.out.println("Console  " + address + "/");
    System.out.println("WHIP     " + address + "/whip/endpoint/{stream}");
    System.out.println("WHEP     " + address + "/whep/endpoint/{stream}");
    Quarkus.waitForExit();
    return 0;
  }
}
