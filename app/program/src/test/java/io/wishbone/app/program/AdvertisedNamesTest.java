package io.wishbone.app.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdvertisedNamesTest {

  @ParameterizedTest
  @ValueSource(strings = {"no-such-host.invalid", "203.0.113.7:9400, no-such-host.invalid:9400"})
  void refuseANameThatNobodyKnows(String advertised) {
    var refusal =
        catchThrowableOfType(
            StartRefusedException.class,
            () ->
                AdvertisedNames.lookUp(
                    new Settings(
                        Program.STANDALONE, Map.of(ListeningSettings.ADVERTISE, advertised))));

    assertThat(refusal)
        .hasMessage(
            "cannot find the address of 'no-such-host.invalid'; choose another with --advertise");
    assertThat(refusal.exitCode()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"203.0.113.7", "[2001:db8::7]:9400, 203.0.113.7:1", "[2001:db8::7]"})
  void takeAddresses(String advertised) {
    assertThatCode(() ->
            AdvertisedNames.lookUp(
                new Settings(Program.STANDALONE, Map.of(ListeningSettings.ADVERTISE, advertised))))
        .doesNotThrowAnyException();
  }

  @Test
  void takeNoneToo() {
    assertThatCode(() ->
            AdvertisedNames.lookUp(
                new Settings(Program.STANDALONE, Map.of(OtherSettings.DEMO, "true"))))
        .doesNotThrowAnyException();
  }
}
