package io.wishbone.node;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;

/// What clients are told instead of a local address, looked up.
///
/// @param port of the first worker, 0 for the one that is bound
record AdvertisedPlace(InetAddress address, int port) {
  private static final int HIGHEST_PORT = 65_535;

  /// Looks names up, which may take long: not for an event loop.
  ///
  /// @param places `HOST` or `HOST:PORT` each, IPv6 in brackets
  /// @param workers how many ports there have to be
  static List<AdvertisedPlace> resolve(List<String> places, int workers) {
    return places.stream().map(place -> resolve(place.strip(), workers)).toList();
  }

  private static AdvertisedPlace resolve(String place, int workers) {
    int colon = place.lastIndexOf(':');
    boolean hasPort = colon > 0 && (place.charAt(colon - 1) == ']' || place.indexOf(':') == colon);
    int port = hasPort ? port(place, place.substring(colon + 1), workers) : 0;
    return new AdvertisedPlace(address(place, hasPort ? place.substring(0, colon) : place), port);
  }

  private static int port(String place, String text, int workers) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 1 && port <= HIGHEST_PORT + 1 - workers) {
        return port;
      }
    } catch (NumberFormatException _) {
      // The same to whoever typed it.
    }
    throw new IllegalArgumentException(
        "wishbone.advertise: " + place + " has no port for each of " + workers + " workers");
  }

  private static InetAddress address(String place, String host) {
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    String name = bracketed ? host.substring(1, host.length() - 1) : host;
    if (name.isEmpty()) {
      // Java takes this for the local host.
      throw new IllegalArgumentException("wishbone.advertise: '" + place + "' names no host");
    }
    try {
      return InetAddress.getByName(name);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "wishbone.advertise: " + place + " is neither an address nor a name that can be resolved",
          e);
    }
  }

  /// Where clients find a worker.
  InetSocketAddress of(int worker, int boundPort) {
    return new InetSocketAddress(address, port == 0 ? boundPort : port + worker);
  }
}
