package io.wishbone.node.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.node.stream.LayerChoice;
import io.wishbone.node.stream.LayerLimits;
import org.junit.jupiter.api.Test;

class LayerRequestTest {

  @Test
  void keepsEachLimitInItsPlace() {
    assertThat(new LayerRequest("h", 1280, 720, 1, 2, 3, 0).choice())
        .isEqualTo(new LayerChoice("h", 1280, 720, new LayerLimits(1, 2, 3, 0)));
  }

  @Test
  void whatIsNotSaidIsNoLimit() {
    assertThat(new LayerRequest(null, null, null, null, null, null, null).choice())
        .isEqualTo(LayerChoice.AUTOMATIC);
  }
}
