package io.wishbone.app.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GreetingTest {

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, http://localhost:8080/",
    "0.0.0.0, http://localhost:8080/",
    "::, http://localhost:8080/",
    "192.0.2.1, http://192.0.2.1:8080/",
    "::1, http://[::1]:8080/",
  })
  void saysThreeAddresses(String bind, String console) {
    assertThat(new Greeting(new Places(bind, 8080, OptionalInt.empty()), true, null).addresses())
        .containsExactly(
            "Console  " + console,
            "WHIP     " + console + "whip/endpoint/{stream}",
            "WHEP     " + console + "whep/endpoint/{stream}");
  }

  @Test
  void namesHttpsWhereThereIsACertificate() {
    var places = new Places("192.0.2.1", 8080, OptionalInt.of(8443));
    assertThat(new Greeting(places, false, null).addresses())
        .containsExactly(
            "Console  https://192.0.2.1:8443/",
            "WHIP     https://192.0.2.1:8443/whip/endpoint/{stream}",
            "WHEP     https://192.0.2.1:8443/whep/endpoint/{stream}");
    assertThat(places.whip("demo")).hasToString("http://192.0.2.1:8080/whip/endpoint/demo");
  }

  @Test
  void notesThatItIsOpenToThisMachineOnly() {
    assertThat(new Greeting(new Places("127.0.0.1", 8080, OptionalInt.empty()), true, null).notes())
        .singleElement()
        .asString()
        .contains("only this machine");
  }

  @Test
  void notesThatItIsOpenToEverybody() {
    assertThat(new Greeting(new Places("0.0.0.0", 8080, OptionalInt.empty()), true, null).notes())
        .singleElement()
        .asString()
        .contains("whoever reaches 0.0.0.0");
  }

  @Test
  void hasNothingToNoteWhenTokensAreAskedFor() {
    assertThat(new Greeting(new Places("0.0.0.0", 8080, OptionalInt.empty()), false, null).notes())
        .isEmpty();
  }

  @Test
  void saysWhereTheTestPictureIs() {
    assertThat(
            new Greeting(new Places("127.0.0.1", 8080, OptionalInt.empty()), false, "demo").notes())
        .containsExactly("The test picture is at http://localhost:8080/?watch=demo");
  }
}
