package io.wishbone.app.program;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/// Looks up the names that clients are told, before the framework starts: a media node that does
/// not know where it is cannot start either.
final class AdvertisedNames {

  private static final Pattern PORT = Pattern.compile(":[0-9]+$");

  private AdvertisedNames() {}

  static void lookUp(Settings settings) throws StartRefusedException {
    if (!settings.has(ListeningSettings.ADVERTISE)) {
      return;
    }
    for (String place : settings.get(ListeningSettings.ADVERTISE).split(",", -1)) {
      String host = PORT.matcher(place.strip()).replaceFirst("");
      try {
        var _ = InetAddress.getByName(host);
      } catch (UnknownHostException _) {
        throw StartRefusedException.wrongUse(
            "cannot find the address of "
                + Quoted.of(host)
                + "; choose another with "
                + ListeningSettings.ADVERTISE.option());
      }
    }
  }
}
