package io.wishbone.webrtc.sdp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/// Any bytes are a description, a fragment, or refused; nothing else may come out, and not slowly.
/// A normal build runs the seeds; `JAZZER_FUZZ=1` searches for more.
class SdpFuzzTest {

  @FuzzTest
  void readsOrRefusesADescription(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    Thoroughly.quickly(() -> Thoroughly.readDescription(text));
  }

  @FuzzTest
  void readsOrRefusesAFragment(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    Thoroughly.quickly(() -> Thoroughly.readFragment(text));
  }
}
