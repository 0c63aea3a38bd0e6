package io.wishbone.app.program;

import io.wishbone.app.program.SettingSources.Found;

/// Checks values one by one, and then those that depend on each other.
final class SettingCheck {

  private static final int HIGHEST_PORT = 65_535;

  private SettingCheck() {}

  /// Passes if the value is one of those that the setting takes.
  static void kind(Setting setting, Found found) throws StartRefusedException {
    if (!setting.kind().accepts(found.value())) {
      throw StartRefusedException.wrongUse(
          found.origin()
              + (setting.isOption() ? " is " + Quoted.of(found.value()) + ", but" : "")
              + " has to be "
              + setting.kind().allowed());
    }
  }

  /// Passes if the settings make sense together.
  static void together(Settings settings) throws StartRefusedException {
    members(settings);
    if (settings.has(MediaSettings.WORKERS)) {
      ports(settings);
    }
    tls(settings);
    turn(settings);
    if (settings.has(LoadSettings.REDIRECT_TO) && !settings.has(LoadSettings.REDIRECT_SECRET)) {
      throw StartRefusedException.wrongUse(
          LoadSettings.REDIRECT_TO.option()
              + " needs the secret that both clusters share in "
              + LoadSettings.REDIRECT_SECRET.variable());
    }
    authentication(settings);
  }

  private static void members(Settings settings) throws StartRefusedException {
    required(settings, ClusterSettings.KAFKA, "the brokers of Kafka");
    required(settings, ClusterSettings.INFINISPAN, "the Infinispan Servers");
    if (settings.has(ClusterSettings.INFINISPAN_USERNAME)
        != settings.has(ClusterSettings.INFINISPAN_PASSWORD)) {
      throw StartRefusedException.wrongUse(
          ClusterSettings.INFINISPAN_USERNAME.option()
              + " and "
              + ClusterSettings.INFINISPAN_PASSWORD.variable()
              + " are set together or not at all");
    }
  }

  private static void required(Settings settings, Setting setting, String what)
      throws StartRefusedException {
    if (settings.program().has(setting) && !settings.has(setting)) {
      throw StartRefusedException.wrongUse(
          "say where to find " + what + ": " + setting.option() + " " + setting.kind().label());
    }
  }

  /// Passes if there is a port for each worker.
  private static void ports(Settings settings) throws StartRefusedException {
    int lastPort =
        settings.number(ListeningSettings.MEDIA_PORT) + settings.number(MediaSettings.WORKERS) - 1;
    if (lastPort > HIGHEST_PORT) {
      throw StartRefusedException.wrongUse(
          "each worker has a UDP port of its own: with --workers "
              + settings.get(MediaSettings.WORKERS)
              + ", --media-port has to be a number from 1 to "
              + (HIGHEST_PORT + 1 - settings.number(MediaSettings.WORKERS)));
    }
  }

  private static void authentication(Settings settings) throws StartRefusedException {
    if (settings.lists(AuthenticationSettings.AUTH, "jwt")) {
      tokens(settings);
    }
    if (settings.lists(AuthenticationSettings.AUTH, "webhook")
        && !settings.has(AuthenticationSettings.WEBHOOK_URL)) {
      throw StartRefusedException.wrongUse(
          "--auth webhook needs the address of your program: --webhook-url URL");
    }
    if (settings.lists(AuthenticationSettings.AUTH, "keys")
        && !settings.has(AuthenticationSettings.KEYS_FILE)) {
      throw StartRefusedException.wrongUse("--auth keys needs the stream keys: --keys-file FILE");
    }
    if (settings.is(OtherSettings.DEMO, "true")
        && !settings.is(AuthenticationSettings.AUTH, "off")) {
      throw StartRefusedException.wrongUse("--demo has no token, it needs --auth off");
    }
  }

  private static void tls(Settings settings) throws StartRefusedException {
    boolean isPem = settings.has(TlsSettings.TLS_CERTIFICATE);
    if (isPem != settings.has(TlsSettings.TLS_KEY)) {
      throw StartRefusedException.wrongUse(
          TlsSettings.TLS_CERTIFICATE.option()
              + " and "
              + TlsSettings.TLS_KEY.option()
              + " are set together or not at all");
    }
    boolean isStore = settings.has(TlsSettings.TLS_KEYSTORE);
    if (isPem && isStore) {
      throw StartRefusedException.wrongUse(
          TlsSettings.TLS_KEYSTORE.option()
              + " takes the place of "
              + TlsSettings.TLS_CERTIFICATE.option()
              + " and "
              + TlsSettings.TLS_KEY.option()
              + ": set one or the other");
    }
    if (isStore && !settings.has(TlsSettings.TLS_KEYSTORE_PASSWORD)) {
      throw StartRefusedException.wrongUse(
          TlsSettings.TLS_KEYSTORE.option()
              + " needs its password in "
              + TlsSettings.TLS_KEYSTORE_PASSWORD.variable());
    }
    if (Tls.isWanted(settings)
        && settings.number(ListeningSettings.HTTPS_PORT)
            == settings.number(ListeningSettings.HTTP_PORT)) {
      throw StartRefusedException.wrongUse(
          ListeningSettings.HTTPS_PORT.option()
              + " has to differ from "
              + ListeningSettings.HTTP_PORT.option());
    }
  }

  private static void turn(Settings settings) throws StartRefusedException {
    boolean isFixed = settings.has(IceSettings.TURN_USERNAME);
    if (isFixed != settings.has(IceSettings.TURN_CREDENTIAL)) {
      throw StartRefusedException.wrongUse(
          IceSettings.TURN_USERNAME.option()
              + " and "
              + IceSettings.TURN_CREDENTIAL.variable()
              + " are set together or not at all");
    }
    if (isFixed && settings.has(IceSettings.TURN_SECRET)) {
      throw StartRefusedException.wrongUse(
          IceSettings.TURN_SECRET.variable()
              + " takes the place of "
              + IceSettings.TURN_USERNAME.option()
              + " and "
              + IceSettings.TURN_CREDENTIAL.variable()
              + ": set one or the other");
    }
    if (settings.has(IceSettings.ICE_SERVERS)
        && settings.get(IceSettings.ICE_SERVERS).contains("turn")
        && !isFixed
        && !settings.has(IceSettings.TURN_SECRET)) {
      throw StartRefusedException.wrongUse(
          "TURN servers need credentials: the shared secret in "
              + IceSettings.TURN_SECRET.variable());
    }
  }

  private static void tokens(Settings settings) throws StartRefusedException {
    if (settings.is(AuthenticationSettings.JWT_ALGORITHM, "hs256")) {
      if (!settings.has(AuthenticationSettings.JWT_SECRET)) {
        throw StartRefusedException.wrongUse(
            "--jwt-algorithm hs256 needs the shared secret in "
                + AuthenticationSettings.JWT_SECRET.variable());
      }
    } else if (!settings.has(AuthenticationSettings.JWT_KEY)
        && !settings.has(AuthenticationSettings.JWT_KEY_LOCATION)
        && !isWeb(settings, AuthenticationSettings.JWT_ISSUER)
        && !settings.needsLocalKey()) {
      throw StartRefusedException.wrongUse(
          "--auth jwt needs the public key that verifies tokens: --jwt-key-location FILE");
    }
  }

  private static boolean isWeb(Settings settings, Setting setting) {
    return settings.has(setting) && settings.get(setting).matches("https?://.*");
  }
}
