package io.wishbone.webrtc.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FormatParametersTest {

  @Test
  void findsKeysWhateverTheirCaseAndSpacing() {
    FormatParameters parameters =
        new FormatParameters("Profile-Level-Id=42e01f; packetization-mode = 1;flag");

    assertThat(parameters.value("profile-level-id")).isEqualTo("42e01f");
    assertThat(parameters.number("PACKETIZATION-MODE", 0)).isEqualTo(1);
    assertThat(parameters.value("flag")).isEmpty();
    assertThat(parameters.value("level")).isNull();
    assertThat(parameters.keys()).containsExactly("Profile-Level-Id", "packetization-mode");
  }

  @Test
  void keepsTheOrderInWhichItWasBuilt() {
    assertThat(FormatParameters.of("minptime", "10").with("useinbandfec", "1"))
        .hasToString("minptime=10;useinbandfec=1");
  }

  @Test
  void fallsBackWhenAValueIsNoNumber() {
    assertThat(new FormatParameters("apt=x").number("apt", -1)).isEqualTo(-1);
    assertThat(new FormatParameters("apt=99999999999").number("apt", -1)).isEqualTo(-1);
    assertThat(FormatParameters.NONE.number("apt", 7)).isEqualTo(7);
  }

  @Test
  void refusesAValueThatWouldBeTwo() {
    assertThatThrownBy(() -> FormatParameters.of("apt", "96;x=1"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void keepsTheFirstOfParametersThatAreSaidTwice() {
    var said = new FormatParameters("Mode=1; x=2;mode=0;y;y");

    assertThat(said.distinct().text()).isEqualTo("Mode=1; x=2;y");
    assertThat(new FormatParameters("a=1; b=2").distinct().text()).isEqualTo("a=1; b=2");
    assertThat(FormatParameters.NONE.distinct()).isEqualTo(FormatParameters.NONE);
  }
}
