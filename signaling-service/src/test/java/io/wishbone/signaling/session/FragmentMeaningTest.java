package io.wishbone.signaling.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.store.RemoteIce;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FragmentMeaningTest {

  private static final RemoteIce CURRENT = new RemoteIce("ufrag", "password");

  @ParameterizedTest(name = "W28: {0}, {1} is {2}")
  @CsvSource({
    "ufrag, password, TRICKLE",
    ",, TRICKLE",
    "ufrag,, TRICKLE",
    "other, different, RESTART",
    "other, password, CONTRADICTION",
    "ufrag, different, CONTRADICTION",
    "other,, CONTRADICTION",
    ", different, CONTRADICTION"
  })
  void isDecidedByBothCredentials(
      @Nullable String usernameFragment, @Nullable String password, FragmentMeaning meaning) {
    assertThat(FragmentMeaning.of(usernameFragment, password, CURRENT)).isEqualTo(meaning);
  }
}
