package io.wishbone.node.forward;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LayerSelectorTest {
  private final LayerSelector selector = new LayerSelector();

  @Test
  void beginsWithTheFirstKeyframeOfAnyEncoding() {
    selector.want(2);

    assertThat(selector.decide(0, false)).isEqualTo(Decision.SKIP);
    assertThat(selector.decide(1, true)).isEqualTo(Decision.SWITCH);
    assertThat(selector.decide(1, false)).isEqualTo(Decision.FORWARD);
    assertThat(selector.decide(0, true)).isEqualTo(Decision.SKIP);
    assertThat(selector.current()).isEqualTo(1);
    assertThat(selector.awaited()).isEqualTo(2);
  }

  @Test
  void switchesToTheWantedEncodingAtItsKeyframe() {
    selector.decide(0, true);
    selector.want(2);

    assertThat(selector.decide(2, false)).isEqualTo(Decision.SKIP);
    assertThat(selector.decide(0, false)).isEqualTo(Decision.FORWARD);
    assertThat(selector.decide(2, true)).isEqualTo(Decision.SWITCH);
    assertThat(selector.decide(0, true)).isEqualTo(Decision.SKIP);
    assertThat(selector.decide(2, false)).isEqualTo(Decision.FORWARD);
    assertThat(selector.awaited()).isEqualTo(LayerSelector.NONE);
  }

  @Test
  void beginsAnewAfterAReset() {
    selector.decide(0, true);

    selector.reset();

    assertThat(selector.decide(0, false)).isEqualTo(Decision.SKIP);
    assertThat(selector.decide(0, true)).isEqualTo(Decision.SWITCH);
  }
}
