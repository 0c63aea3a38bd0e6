package io.wishbone.webrtc.sdp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Any bytes are a description, a fragment, or refused; nothing else may come out, and not slowly.
/// A normal build runs the seeds; `JAZZER_FUZZ=1` searches for more.
class SdpFuzzTest {
  /// Jazzer watches every comparison of strings, which makes them ten times as slow.
  /// [TimeBoundTest] holds the bound itself.
  private static final Duration BOUND = Thoroughly.BOUND.multipliedBy(10);

  @FuzzTest
  void readsOrRefusesADescription(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    Thoroughly.within(BOUND, () -> Thoroughly.readDescription(text));
  }

  @FuzzTest
  void readsOrRefusesAFragment(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    Thoroughly.within(BOUND, () -> Thoroughly.readFragment(text));
  }
}
