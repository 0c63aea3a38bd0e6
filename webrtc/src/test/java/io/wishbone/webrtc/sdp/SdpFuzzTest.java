package io.wishbone.webrtc.sdp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.wishbone.webrtc.fuzz.TimeBound;
import java.nio.charset.StandardCharsets;

/// Any bytes are a description, a fragment, or refused; nothing else may come out, and not slowly.
class SdpFuzzTest {

  @FuzzTest
  void readsOrRefusesADescription(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    TimeBound.hold(() -> Thoroughly.readDescription(text));
  }

  @FuzzTest
  void readsOrRefusesAFragment(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    TimeBound.hold(() -> Thoroughly.readFragment(text));
  }
}
