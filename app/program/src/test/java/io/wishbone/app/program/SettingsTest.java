package io.wishbone.app.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsTest {

  @TempDir private Path directory = Path.of("");

  static Stream<Setting> allButTheFile() {
    return Program.STANDALONE.settings().stream()
        .filter(setting -> !setting.equals(OtherSettings.CONFIG));
  }

  @Test
  void hasDefaults() throws StartRefusedException {
    Settings settings = gather(Map.of(), Map.of());
    assertThat(settings.number(ListeningSettings.HTTP_PORT)).isEqualTo(8080);
    assertThat(settings.number(ListeningSettings.MEDIA_PORT)).isEqualTo(9400);
    assertThat(settings.number(MediaSettings.WORKERS)).isBetween(1, 2);
    assertThat(settings.get(ObservationSettings.LOG_LEVEL)).isEqualTo("info");
    assertThat(settings.has(ListeningSettings.ADVERTISE)).isFalse();
  }

  @Test
  void letsAnOptionWinOverTheSystemThatOverTheEnvironmentThatOverFiles()
      throws StartRefusedException, IOException {
    usualFile("wishbone.http-port=5");
    assertThat(gather(Map.of(), Map.of()).get(ListeningSettings.HTTP_PORT)).isEqualTo("5");

    Path named = file("named.properties", "wishbone.http-port=4");
    var environment = Map.of("WISHBONE_CONFIG", named.toString());
    assertThat(gather(Map.of(), environment).get(ListeningSettings.HTTP_PORT)).isEqualTo("4");

    environment = Map.of("WISHBONE_CONFIG", named.toString(), "WISHBONE_HTTP_PORT", "3");
    assertThat(gather(Map.of(), environment).get(ListeningSettings.HTTP_PORT)).isEqualTo("3");

    var system = Map.of("wishbone.http-port", "2");
    assertThat(gather(Map.of(), system, environment).get(ListeningSettings.HTTP_PORT))
        .isEqualTo("2");

    var options = Map.of(ListeningSettings.HTTP_PORT, "1");
    assertThat(gather(options, system, environment).get(ListeningSettings.HTTP_PORT))
        .isEqualTo("1");
  }

  @ParameterizedTest
  @MethodSource("allButTheFile")
  void findsASettingUnderItsNameInTheEnvironment(Setting setting) throws StartRefusedException {
    assertThat(found(setting, Map.of(setting.variable(), "some value"))).isEqualTo("some value");
  }

  @ParameterizedTest
  @MethodSource("allButTheFile")
  void findsASettingUnderItsNameInAFile(Setting setting) throws StartRefusedException, IOException {
    usualFile(setting.key() + "=some value");
    assertThat(found(setting, Map.of())).isEqualTo("some value");
  }

  @Test
  void takesAnEmptyValueForNone() throws StartRefusedException, IOException {
    usualFile("wishbone.advertise=203.0.113.7");
    assertThat(gather(Map.of(), Map.of("WISHBONE_ADVERTISE", "")).has(ListeningSettings.ADVERTISE))
        .isFalse();
  }

  @Test
  void listensOnThisMachineOnlyUnlessItIsToldOtherwiseOrAsksForTokens()
      throws StartRefusedException, IOException {
    assertThat(gather(Map.of(), Map.of()).get(ListeningSettings.BIND)).isEqualTo("127.0.0.1");
    assertThat(gather(Map.of(ListeningSettings.BIND, "::"), Map.of()).get(ListeningSettings.BIND))
        .isEqualTo("::");
    Path key = file("key.pem", "");
    var tokens =
        Map.of(
            AuthenticationSettings.AUTH,
            "jwt",
            AuthenticationSettings.JWT_KEY_LOCATION,
            key.toString());
    assertThat(gather(tokens, Map.of()).get(ListeningSettings.BIND)).isEqualTo("0.0.0.0");
  }

  @Test
  void trustsNoProxyUnlessItIsTold() throws StartRefusedException {
    assertThat(
            gather(Map.of(), Map.of("WISHBONE_TRUSTED_PROXIES", ""))
                .get(ListeningSettings.TRUSTED_PROXIES))
        .isEqualTo("0.0.0.0/32");
    assertThat(
            gather(Map.of(ListeningSettings.TRUSTED_PROXIES, "::1"), Map.of())
                .get(ListeningSettings.TRUSTED_PROXIES))
        .isEqualTo("::1");
  }

  @Test
  void saysWhereAWrongValueComesFrom() throws IOException {
    String rule = " is '80a', but has to be a number from 1 to 65535";
    assertThat(refusal(Map.of(ListeningSettings.HTTP_PORT, "80a"), Map.of()))
        .isEqualTo("--http-port" + rule);
    assertThat(refusal(Map.of(), Map.of("WISHBONE_HTTP_PORT", "80a")))
        .isEqualTo("WISHBONE_HTTP_PORT" + rule);
    Path file = usualFile("wishbone.http-port=80a");
    assertThat(refusal(Map.of(), Map.of()))
        .isEqualTo("wishbone.http-port (in " + file + ")" + rule);
  }

  @Test
  void doesNotShowSecrets() {
    assertThat(refusal(Map.of(), Map.of("WISHBONE_JWT_SECRET", "hunter2")))
        .isEqualTo("WISHBONE_JWT_SECRET has to be at least 32 characters long");
  }

  @Test
  void refusesAMisspeltKeyInAFile() throws IOException {
    Path file = usualFile("wishbone.htp-port=80");
    assertThat(refusal(Map.of(), Map.of()))
        .isEqualTo(
            "there is no setting 'wishbone.htp-port' (in "
                + file
                + "), did you mean wishbone.http-port?");
  }

  @Test
  void leavesKeysOfTheFrameworkAlone() throws StartRefusedException, IOException {
    usualFile("quarkus.http.ssl-port=8443");
    assertThat(gather(Map.of(), Map.of()).has(ListeningSettings.HTTP_PORT)).isTrue();
  }

  @Test
  void refusesAReferenceToNothing() throws IOException {
    Path file = usualFile("wishbone.bind=${nowhere}");
    assertThat(refusal(Map.of(), Map.of()))
        .isEqualTo(
            "wishbone.bind (in "
                + file
                + ") is '${nowhere}', which refers to something that is not set");
  }

  @Test
  void refusesAFileThatIsNotThere() {
    assertThat(refusal(Map.of(OtherSettings.CONFIG, "nowhere"), Map.of()))
        .isEqualTo("--config is 'nowhere', but has to be a file that can be read");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "workers=4 media-port=65533 | --media-port has to be a number from 1 to 65532",
        "auth=jwt jwt-algorithm=rs256 | --auth jwt needs the public key that verifies tokens",
        "auth=jwt jwt-algorithm=hs256 | needs the shared secret in WISHBONE_JWT_SECRET",
        "auth=jwt jwt-key=pem demo=true | --demo has no token, it needs --auth off",
        "auth=keys | --auth keys needs the stream keys: --keys-file FILE",
        "auth=keys demo=true keys-file=pom.xml | --demo has no token, it needs --auth off",
        "auth=webhook | --auth webhook needs the address of your program: --webhook-url URL",
        "ice-servers=turns:t.example.org | TURN servers need credentials: the shared secret in",
        "redirect-to=https://two.example.org | needs the secret that both clusters share",
        "turn-username=u | --turn-username and WISHBONE_TURN_CREDENTIAL are set together",
      })
  void refusesWhatDoesNotFitTogether(String options, String reason) throws StartRefusedException {
    String[] arguments = ("--" + options.replace(" ", " --")).split(" ");
    var run = (CommandLine.Run) CommandLine.read(Program.STANDALONE, arguments);
    assertThat(refusal(run.values(), Map.of())).contains(reason);
  }

  @Test
  void handsOverWhatItHasChecked() throws StartRefusedException {
    var system = new Properties();
    gather(Map.of(MediaSettings.SESSION_SILENCE_TIMEOUT, "9s"), Map.of()).putInto(system);
    assertThat(system)
        .containsEntry("wishbone.session.silence-timeout", "9s")
        .containsEntry("wishbone.http-port", "8080")
        .doesNotContainKey("wishbone.advertise");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SIGNALING | infinispan=a:1 | say where to find the brokers of Kafka: --kafka HOST:PORT",
        "SIGNALING | kafka=a:1 | the Infinispan Servers: --infinispan HOST:PORT",
        "SIGNALING | kafka=a:1 infinispan=a:1 auth=jwt | --auth jwt needs the public key",
        "SIGNALING | kafka=a:1 infinispan=a:1 infinispan-username=x | WISHBONE_INFINISPAN_PASSWORD",
        "MEDIA | workers=1 | say where to find the brokers of Kafka: --kafka HOST:PORT",
        "MEDIA | kafka=a:1 workers=4 media-port=65533 | has to be a number from 1 to 65532",
      })
  void refusesMembersOfAClusterThatAreNotToldEnough(Program program, String options, String reason)
      throws StartRefusedException {
    String[] arguments = ("--" + options.replace(" ", " --")).split(" ");
    var run = (CommandLine.Run) CommandLine.read(program, arguments);
    var refusal =
        catchThrowableOfType(
            StartRefusedException.class,
            () -> Launch.settings(program, run.values(), Map.of(), Map.of(), directory));
    assertThat(refusal).hasMessageContaining(reason);
  }

  @Test
  void namesMembersOfAClusterAnewAtEachStart() throws StartRefusedException {
    var options = Map.of(ClusterSettings.KAFKA, "127.0.0.1:9092");
    Settings first = Launch.settings(Program.MEDIA, options, Map.of(), Map.of(), directory);
    Settings second = Launch.settings(Program.MEDIA, options, Map.of(), Map.of(), directory);
    assertThat(first.get(ClusterSettings.NODE_ID))
        .isNotEqualTo(second.get(ClusterSettings.NODE_ID))
        .matches(name -> ClusterSettings.NODE_ID.kind().accepts(name));
    assertThat(first.get(ListeningSettings.BIND)).isEqualTo("0.0.0.0");
  }

  @Test
  void letsAFileBeThereForSeveralPrograms() throws StartRefusedException, IOException {
    usualFile("wishbone.kafka=127.0.0.1:9092");
    assertThat(gather(Map.of(), Map.of()).has(ClusterSettings.KAFKA)).isFalse();
  }

  private Path usualFile(String text) throws IOException {
    Files.createDirectories(directory.resolve("config"));
    return file("config/application.properties", text);
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  private @Nullable String found(Setting setting, Map<String, String> environment)
      throws StartRefusedException {
    var found =
        SettingSources.of(Program.STANDALONE, Map.of(), Map.of(), environment, directory)
            .find(setting);
    return found == null ? null : found.value();
  }

  private Settings gather(Map<Setting, String> options, Map<String, String> environment)
      throws StartRefusedException {
    return gather(options, Map.of(), environment);
  }

  private Settings gather(
      Map<Setting, String> options, Map<String, String> system, Map<String, String> environment)
      throws StartRefusedException {
    return Launch.settings(Program.STANDALONE, options, system, environment, directory);
  }

  private String refusal(Map<Setting, String> options, Map<String, String> environment) {
    var refusal =
        catchThrowableOfType(StartRefusedException.class, () -> gather(options, environment));
    assertThat(refusal.exitCode()).isEqualTo(2);
    return String.valueOf(refusal.getMessage());
  }
}
