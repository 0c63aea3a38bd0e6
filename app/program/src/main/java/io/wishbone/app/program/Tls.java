package io.wishbone.app.program;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// HTTPS, in the framework's own terms. It reads the files again now and then: a certificate that
/// was renewed on disk is served without a restart.
public final class Tls {

  /// The framework's setting that is there only with HTTPS.
  public static final String NAME_KEY = "quarkus.http.tls-configuration-name";

  private static final String NAME = "wishbone";
  private static final String PREFIX = "quarkus.tls." + NAME + ".";

  private Tls() {}

  static boolean isWanted(Settings settings) {
    return settings.has(TlsSettings.TLS_CERTIFICATE) || settings.has(TlsSettings.TLS_KEYSTORE);
  }

  /// Nothing without a certificate.
  static Map<String, String> framework(Settings settings) {
    var values = new LinkedHashMap<String, String>();
    if (!isWanted(settings)) {
      return values;
    }
    values.put(NAME_KEY, NAME);
    values.put("quarkus.http.ssl-port", settings.get(ListeningSettings.HTTPS_PORT));
    values.put(PREFIX + "reload-period", settings.get(TlsSettings.TLS_RELOAD_PERIOD));
    if (settings.has(TlsSettings.TLS_CERTIFICATE)) {
      values.put(PREFIX + "key-store.pem.server.cert", settings.get(TlsSettings.TLS_CERTIFICATE));
      values.put(PREFIX + "key-store.pem.server.key", settings.get(TlsSettings.TLS_KEY));
    } else {
      String file = settings.get(TlsSettings.TLS_KEYSTORE);
      String kind = file.toLowerCase(Locale.ROOT).endsWith(".jks") ? "jks" : "p12";
      values.put(PREFIX + "key-store." + kind + ".path", file);
      values.put(
          PREFIX + "key-store." + kind + ".password",
          settings.get(TlsSettings.TLS_KEYSTORE_PASSWORD));
    }
    return values;
  }
}
