package io.wishbone.app.program;

import java.net.URI;
import java.util.OptionalInt;

/// Where the server is to be found over HTTP, for somebody on this machine.
///
/// @param bind the address that it listens on
/// @param httpsPort empty without a certificate
public record Places(String bind, int httpPort, OptionalInt httpsPort) {

  public URI console() {
    return httpsPort.isPresent()
        ? URI.create("https://" + host() + ":" + httpsPort.getAsInt() + "/")
        : plain();
  }

  /// Where the server's own test picture opens its WHIP session: without HTTPS, for the certificate
  /// names other hosts than this machine.
  public URI whip(String stream) {
    return plain().resolve("whip/endpoint/" + stream);
  }

  /// Where the console plays a stream.
  public URI watch(String stream) {
    return console().resolve("?watch=" + stream);
  }

  boolean isThisMachineOnly() {
    return bind.equals("localhost") || bind.equals("::1") || bind.startsWith("127.");
  }

  private URI plain() {
    return URI.create("http://" + host() + ":" + httpPort + "/");
  }

  private String host() {
    return switch (bind) {
      case "127.0.0.1", "0.0.0.0", "::" -> "localhost";
      default -> bind.indexOf(':') < 0 ? bind : "[" + bind + "]";
    };
  }
}
