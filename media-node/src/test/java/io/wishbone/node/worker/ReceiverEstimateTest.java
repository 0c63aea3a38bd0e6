package io.wishbone.node.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.sim.SimNetwork;
import io.wishbone.webrtc.sim.SimPublisher;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Publishers that hear of their way by REMB only, and those that need none.
class ReceiverEstimateTest {
  private static final String NUMBERS =
      "a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01\r\n";

  private final SimNetwork network = new SimNetwork(5);
  private final SimNode node = new SimNode(network);
  private final SimPublisher publisher = SimPublisher.repairing(network, "10.0.0.1");

  private String publish(String offer) {
    if (node.open("publisher", "demo", SessionRole.PUBLISHER, offer)
        instanceof OpenResult.Opened opened) {
      publisher.accept(opened.answer());
      return opened.answer();
    }
    throw new AssertionError("refused");
  }

  private static String withEstimates(String offer) {
    return offer.replace(
        "a=rtcp-fb:96 nack pli", "a=rtcp-fb:96 goog-remb\r\na=rtcp-fb:96 nack pli");
  }

  @Test
  void tellsThemHowMuchTheyMaySend() {
    String answer =
        publish(
            withEstimates(publisher.offer())
                .replace(NUMBERS, "")
                .replaceAll("a=rtcp-fb:\\d+ transport-cc\r\n", ""));
    network.run(Duration.ofSeconds(5));
    assertThat(answer).contains("goog-remb").doesNotContain("transport-cc");
    assertThat(publisher.limit())
        .as("half as much again as arrives")
        .isBetween(1_500_000L, 6_000_000L);
  }

  @Test
  void tellsThoseNothingThatHearOfEachPacket() {
    String answer = publish(withEstimates(publisher.offer()));
    network.run(Duration.ofSeconds(5));
    assertThat(answer).contains("transport-cc").doesNotContain("goog-remb");
    assertThat(publisher.limit()).isEqualTo(Long.MAX_VALUE);
  }
}
