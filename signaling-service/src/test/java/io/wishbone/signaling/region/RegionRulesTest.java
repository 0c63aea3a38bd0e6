package io.wishbone.signaling.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegionRulesTest {

  private final RegionRules rules =
      RegionRules.parse(
          List.of("continent/EU=eu", "country/US=us-east", "subdivision/US-CA=us-west"));

  @Test
  void letTheNarrowestDecide() {
    assertThat(rules.region(new GeoPlace("NA", "US", "CA"))).isEqualTo("us-west");
    assertThat(rules.region(new GeoPlace("NA", "US", "NY"))).isEqualTo("us-east");
    assertThat(rules.region(new GeoPlace("EU", "DE", "CA"))).isEqualTo("eu");
    assertThat(rules.region(new GeoPlace("EU", null, null))).isEqualTo("eu");
    assertThat(rules.region(new GeoPlace("AS", "JP", null))).isNull();
    assertThat(rules.region(new GeoPlace(null, null, null))).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "EU=eu",
        "country/US",
        "country/US=",
        "country/USA=us",
        "subdivision/CA=us",
        "continent/eu=eu",
        "country/US=a b"
      })
  void sayWhatIsNoRule(String text) {
    assertThatThrownBy(() -> RegionRules.parse(List.of(text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(text);
  }
}
