package io.wishbone.app.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsTest {

  @TempDir private Path directory = Path.of("");

  @Test
  void isOffWithoutACertificate() throws StartRefusedException, IOException {
    assertThat(handedOver("").stringPropertyNames()).noneMatch(key -> key.startsWith("quarkus."));
  }

  @Test
  void takesPemFiles() throws StartRefusedException, IOException {
    assertThat(handedOver("tls-certificate=c.pem tls-key=k.pem https-port=9443"))
        .containsEntry("quarkus.http.tls-configuration-name", "wishbone")
        .containsEntry("quarkus.http.ssl-port", "9443")
        .containsEntry("quarkus.tls.wishbone.key-store.pem.server.cert", file("c.pem"))
        .containsEntry("quarkus.tls.wishbone.key-store.pem.server.key", file("k.pem"))
        .containsEntry("quarkus.tls.wishbone.reload-period", "1m");
  }

  @ParameterizedTest
  @CsvSource({"s.p12,p12", "s.pfx,p12", "s.JKS,jks"})
  void takesKeyStores(String name, String kind) throws StartRefusedException, IOException {
    assertThat(handedOver("tls-keystore=" + name + " password=secret"))
        .containsEntry("quarkus.tls.wishbone.key-store." + kind + ".path", file(name))
        .containsEntry("quarkus.tls.wishbone.key-store." + kind + ".password", "secret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tls-certificate=c.pem | --tls-certificate and --tls-key are set together",
        "tls-key=k.pem | --tls-certificate and --tls-key are set together",
        "tls-keystore=s.p12 | needs its password in WISHBONE_TLS_KEYSTORE_PASSWORD",
        "tls-certificate=c.pem tls-key=k.pem tls-keystore=s.p12 | set one or the other",
        "tls-certificate=c.pem tls-key=k.pem https-port=8080 | --https-port has to differ",
      })
  void refusesWhatDoesNotFitTogether(String options, String reason) {
    assertThatThrownBy(() -> handedOver(options)).hasMessageContaining(reason);
  }

  /// Makes the files that are named, too.
  private Properties handedOver(String options) throws StartRefusedException, IOException {
    var values = new HashMap<Setting, String>();
    var environment = new HashMap<String, String>();
    for (String option : options.isEmpty() ? new String[0] : options.split(" ")) {
      String[] parts = option.split("=");
      switch (parts[0]) {
        case "password" -> environment.put(TlsSettings.TLS_KEYSTORE_PASSWORD.variable(), parts[1]);
        case "https-port" -> values.put(ListeningSettings.HTTPS_PORT, parts[1]);
        case "tls-certificate" -> values.put(TlsSettings.TLS_CERTIFICATE, made(parts[1]));
        case "tls-key" -> values.put(TlsSettings.TLS_KEY, made(parts[1]));
        default -> values.put(TlsSettings.TLS_KEYSTORE, made(parts[1]));
      }
    }
    var system = new Properties();
    Launch.settings(Program.STANDALONE, values, Map.of(), environment, directory).putInto(system);
    return system;
  }

  private String made(String name) throws IOException {
    return Files.writeString(Path.of(file(name)), "").toString();
  }

  private String file(String name) {
    return directory.resolve(name).toString();
  }
}
