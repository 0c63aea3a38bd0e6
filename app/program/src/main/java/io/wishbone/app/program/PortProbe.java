package io.wishbone.app.program;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;

/// Tries the ports before the framework does: what it says about a port that is taken fills a
/// screen.
final class PortProbe {

  private static final String ALL_ADDRESSES = "0.0.0.0";

  private PortProbe() {}

  static void tryAll(Settings settings) throws StartRefusedException {
    String bind = settings.get(ListeningSettings.BIND);
    for (Setting http : List.of(ListeningSettings.HTTP_PORT, ClusterSettings.HEALTH_PORT)) {
      if (settings.has(http)) {
        attempt("TCP", http, bind, settings.number(http), PortProbe::bindTcp);
      }
    }
    if (Tls.isWanted(settings)) {
      int https = settings.number(ListeningSettings.HTTPS_PORT);
      attempt("TCP", ListeningSettings.HTTPS_PORT, bind, https, PortProbe::bindTcp);
    }
    if (!settings.has(MediaSettings.WORKERS)) {
      return;
    }
    int media = settings.number(ListeningSettings.MEDIA_PORT);
    for (int port = media; port < media + settings.number(MediaSettings.WORKERS); port++) {
      attempt("UDP", ListeningSettings.MEDIA_PORT, mediaAddress(bind), port, PortProbe::bindUdp);
    }
  }

  /// Media nodes receive on all addresses where only this machine is let in.
  private static String mediaAddress(String bind) {
    try {
      return InetAddress.getByName(bind).isLoopbackAddress() ? ALL_ADDRESSES : bind;
    } catch (UnknownHostException _) {
      return bind;
    }
  }

  private interface Attempt {
    void bind(InetSocketAddress address) throws IOException;
  }

  private static void attempt(
      String protocol, Setting setting, String bind, int port, Attempt attempt)
      throws StartRefusedException {
    try {
      attempt.bind(new InetSocketAddress(InetAddress.getByName(bind), port));
    } catch (BindException failure) {
      throw StartRefusedException.notPossible(
          "cannot listen on %s port %d of %s: %s"
              .formatted(protocol, port, bind, reason(failure, setting)),
          failure);
    } catch (IOException failure) {
      throw StartRefusedException.notPossible(
          "cannot listen on %s port %d of %s: %s"
              .formatted(protocol, port, bind, failure.getMessage()),
          failure);
    }
  }

  private static String reason(BindException failure, Setting port) {
    String message = String.valueOf(failure.getMessage());
    if (message.contains("in use")) {
      return "it is taken; choose another with " + port.option();
    }
    if (message.contains("assign")) {
      return "this machine has no such address; choose another with "
          + ListeningSettings.BIND.option();
    }
    return message.toLowerCase(Locale.ROOT);
  }

  private static void bindTcp(InetSocketAddress address) throws IOException {
    try (var socket = new ServerSocket()) {
      socket.bind(address);
    }
  }

  private static void bindUdp(InetSocketAddress address) throws IOException {
    try (var socket = new DatagramSocket(null)) {
      socket.bind(address);
    }
  }
}
