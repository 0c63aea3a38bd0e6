package io.wishbone.app.program;

import io.wishbone.app.program.kind.Location;
import io.wishbone.app.program.kind.Secret;
import io.wishbone.app.program.kind.Time;
import java.time.Duration;
import java.util.List;

/// HTTPS.
public final class TlsSettings {

  public static final Setting TLS_CERTIFICATE =
      new Setting(
          Group.TLS,
          "tls.certificate",
          new Location(false),
          null,
          "Certificate as PEM, those that signed it behind it: the server speaks HTTPS, too");

  public static final Setting TLS_KEY =
      new Setting(
          Group.TLS,
          "tls.key",
          new Location(false),
          null,
          "The private key that goes with it, as PEM (PKCS #8)");

  public static final Setting TLS_KEYSTORE =
      new Setting(
          Group.TLS,
          "tls.keystore",
          new Location(false),
          null,
          "Certificate and key in one file instead: PKCS #12, or JKS if the name ends in .jks");

  public static final Setting TLS_KEYSTORE_PASSWORD =
      new Setting(
          Group.TLS, "tls.keystore-password", new Secret(1), null, "The password of that file");

  public static final Setting TLS_RELOAD_PERIOD =
      new Setting(
          Group.TLS,
          "tls.reload-period",
          new Time(Duration.ofSeconds(1), Duration.ofHours(24)),
          "1m",
          "How often these files are read again: a renewed certificate needs no restart");

  static final List<Setting> ALL =
      List.of(TLS_CERTIFICATE, TLS_KEY, TLS_KEYSTORE, TLS_KEYSTORE_PASSWORD, TLS_RELOAD_PERIOD);

  private TlsSettings() {}
}
