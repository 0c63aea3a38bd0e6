package io.wishbone.app.standalone;

import java.net.URI;

/// Where the server is to be found over HTTP, for somebody on this machine.
///
/// @param bind the address that it listens on
record Places(String bind, int httpPort) {

  URI console() {
    return URI.create("http://" + host() + ":" + httpPort + "/");
  }

  /// Where the WHIP session of a stream is opened.
  URI whip(String stream) {
    return console().resolve("whip/endpoint/" + stream);
  }

  /// Where the console plays a stream.
  URI watch(String stream) {
    return console().resolve("?watch=" + stream);
  }

  boolean isThisMachineOnly() {
    return bind.equals("localhost") || bind.equals("::1") || bind.startsWith("127.");
  }

  private String host() {
    return switch (bind) {
      case "127.0.0.1", "0.0.0.0", "::" -> "localhost";
      default -> bind.indexOf(':') < 0 ? bind : "[" + bind + "]";
    };
  }
}
