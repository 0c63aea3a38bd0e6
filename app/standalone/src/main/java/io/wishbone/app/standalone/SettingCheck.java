package io.wishbone.app.standalone;

import io.wishbone.app.standalone.SettingSources.Found;

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
    int lastPort = settings.number(Setting.MEDIA_PORT) + settings.number(Setting.WORKERS) - 1;
    if (lastPort > HIGHEST_PORT) {
      throw StartRefusedException.wrongUse(
          "each worker has a UDP port of its own: with --workers "
              + settings.get(Setting.WORKERS)
              + ", --media-port has to be a number from 1 to "
              + (HIGHEST_PORT + 1 - settings.number(Setting.WORKERS)));
    }
    tls(settings);
    turn(settings);
    if (settings.has(Setting.REDIRECT_TO) && !settings.has(Setting.REDIRECT_SECRET)) {
      throw StartRefusedException.wrongUse(
          Setting.REDIRECT_TO.option()
              + " needs the secret that both clusters share in "
              + Setting.REDIRECT_SECRET.variable());
    }
    if (settings.lists(Setting.AUTH, "jwt")) {
      tokens(settings);
    }
    if (settings.lists(Setting.AUTH, "webhook") && !settings.has(Setting.WEBHOOK_URL)) {
      throw StartRefusedException.wrongUse(
          "--auth webhook needs the address of your program: --webhook-url URL");
    }
    if (settings.lists(Setting.AUTH, "keys") && !settings.has(Setting.KEYS_FILE)) {
      throw StartRefusedException.wrongUse("--auth keys needs the stream keys: --keys-file FILE");
    }
    if (settings.is(Setting.DEMO, "true") && !settings.is(Setting.AUTH, "off")) {
      throw StartRefusedException.wrongUse("--demo has no token, it needs --auth off");
    }
  }

  private static void tls(Settings settings) throws StartRefusedException {
    boolean isPem = settings.has(Setting.TLS_CERTIFICATE);
    if (isPem != settings.has(Setting.TLS_KEY)) {
      throw StartRefusedException.wrongUse(
          Setting.TLS_CERTIFICATE.option()
              + " and "
              + Setting.TLS_KEY.option()
              + " are set together or not at all");
    }
    boolean isStore = settings.has(Setting.TLS_KEYSTORE);
    if (isPem && isStore) {
      throw StartRefusedException.wrongUse(
          Setting.TLS_KEYSTORE.option()
              + " takes the place of "
              + Setting.TLS_CERTIFICATE.option()
              + " and "
              + Setting.TLS_KEY.option()
              + ": set one or the other");
    }
    if (isStore && !settings.has(Setting.TLS_KEYSTORE_PASSWORD)) {
      throw StartRefusedException.wrongUse(
          Setting.TLS_KEYSTORE.option()
              + " needs its password in "
              + Setting.TLS_KEYSTORE_PASSWORD.variable());
    }
    if (Tls.isWanted(settings)
        && settings.number(Setting.HTTPS_PORT) == settings.number(Setting.HTTP_PORT)) {
      throw StartRefusedException.wrongUse(
          Setting.HTTPS_PORT.option() + " has to differ from " + Setting.HTTP_PORT.option());
    }
  }

  private static void turn(Settings settings) throws StartRefusedException {
    boolean isFixed = settings.has(Setting.TURN_USERNAME);
    if (isFixed != settings.has(Setting.TURN_CREDENTIAL)) {
      throw StartRefusedException.wrongUse(
          Setting.TURN_USERNAME.option()
              + " and "
              + Setting.TURN_CREDENTIAL.variable()
              + " are set together or not at all");
    }
    if (isFixed && settings.has(Setting.TURN_SECRET)) {
      throw StartRefusedException.wrongUse(
          Setting.TURN_SECRET.variable()
              + " takes the place of "
              + Setting.TURN_USERNAME.option()
              + " and "
              + Setting.TURN_CREDENTIAL.variable()
              + ": set one or the other");
    }
    if (settings.has(Setting.ICE_SERVERS)
        && settings.get(Setting.ICE_SERVERS).contains("turn")
        && !isFixed
        && !settings.has(Setting.TURN_SECRET)) {
      throw StartRefusedException.wrongUse(
          "TURN servers need credentials: the shared secret in " + Setting.TURN_SECRET.variable());
    }
  }

  private static void tokens(Settings settings) throws StartRefusedException {
    if (settings.is(Setting.JWT_ALGORITHM, "hs256")) {
      if (!settings.has(Setting.JWT_SECRET)) {
        throw StartRefusedException.wrongUse(
            "--jwt-algorithm hs256 needs the shared secret in " + Setting.JWT_SECRET.variable());
      }
    } else if (!settings.has(Setting.JWT_KEY)
        && !settings.has(Setting.JWT_KEY_LOCATION)
        && !isWeb(settings, Setting.JWT_ISSUER)
        && !settings.needsLocalKey()) {
      throw StartRefusedException.wrongUse(
          "--auth jwt needs the public key that verifies tokens: --jwt-key-location FILE");
    }
  }

  private static boolean isWeb(Settings settings, Setting setting) {
    return settings.has(setting) && settings.get(setting).matches("https?://.*");
  }
}
