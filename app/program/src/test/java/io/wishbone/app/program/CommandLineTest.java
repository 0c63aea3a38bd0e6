package io.wishbone.app.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

  @Test
  void takesValuesAfterABlankOrAnEqualsSign() throws StartRefusedException {
    assertThat(values("--http-port", "9000", "--bind=::1", "--jwt-issuer=a=b"))
        .isEqualTo(
            Map.of(
                ListeningSettings.HTTP_PORT,
                "9000",
                ListeningSettings.BIND,
                "::1",
                AuthenticationSettings.JWT_ISSUER,
                "a=b"));
  }

  @Test
  void runsWithoutAnyOption() throws StartRefusedException {
    assertThat(values()).isEmpty();
  }

  @Test
  void takesAFlagWithAndWithoutAValue() throws StartRefusedException {
    assertThat(values("--demo", "--workers", "1"))
        .isEqualTo(Map.of(OtherSettings.DEMO, "true", MediaSettings.WORKERS, "1"));
    assertThat(values("--demo", "false")).isEqualTo(Map.of(OtherSettings.DEMO, "false"));
    assertThat(values("--demo=false")).isEqualTo(Map.of(OtherSettings.DEMO, "false"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "-h"})
  void explainsTheOptionsWhateverElseIsThere(String help) throws StartRefusedException {
    assertThat(CommandLine.read(Program.STANDALONE, "--http-port", "9000", "--wrong", help))
        .isEqualTo(new CommandLine.Help());
  }

  @Test
  void takesNoOptionOfAnotherProgram() {
    assertThat(refusal("--kafka", "127.0.0.1:9092").getMessage())
        .startsWith("there is no option '--kafka'");
  }

  @Test
  void saysItsVersion() throws StartRefusedException {
    assertThat(CommandLine.read(Program.STANDALONE, "--version"))
        .isEqualTo(new CommandLine.Version());
  }

  @ParameterizedTest
  @CsvSource({
    "--http-prot, --http-port",
    "--port, --http-port",
    "--worker, --workers",
    "--advertize, --advertise",
    "--Bind, --bind",
    "--verson, --version",
    "-help, --help",
  })
  void namesTheOptionThatWasProbablyMeant(String typed, String meant) {
    assertThat(refusal(typed, "1").getMessage())
        .isEqualTo(
            "there is no option '"
                + typed
                + "', did you mean "
                + meant
                + "? All are listed by --help");
  }

  @Test
  void doesNotTakeWordsOrSecrets() {
    assertThat(refusal("start").getMessage())
        .isEqualTo("'start' is not an option; all are listed by --help");
    assertThat(refusal("--jwt-secret", "x").getMessage()).startsWith("there is no option");
  }

  @Test
  void asksForAMissingValue() {
    assertThat(refusal("--http-port").getMessage())
        .isEqualTo("--http-port needs a value: it has to be a number from 1 to 65535");
    assertThat(refusal("--auth", "--demo").getMessage())
        .isEqualTo(
            "--auth needs a value: it has to be off, or some of jwt, keys, webhook,"
                + " with commas between them");
  }

  @Test
  void doesNotGuessWhichOfTwoValuesWasMeant() {
    assertThat(refusal("--http-port", "1", "--http-port=2").getMessage())
        .isEqualTo("--http-port is given twice");
  }

  @Test
  void showsWhatWasTypedInOneLine() {
    assertThat(refusal("--\n\u001b[31m" + "x".repeat(1000)).getMessage())
        .hasSizeLessThan(200)
        .doesNotContain("\n", "\u001b");
  }

  private static Map<Setting, String> values(String... arguments) throws StartRefusedException {
    return ((CommandLine.Run) CommandLine.read(Program.STANDALONE, arguments)).values();
  }

  private static StartRefusedException refusal(String... arguments) {
    var refusal =
        catchThrowableOfType(
            StartRefusedException.class, () -> CommandLine.read(Program.STANDALONE, arguments));
    assertThat(refusal.exitCode()).isEqualTo(2);
    return refusal;
  }
}
