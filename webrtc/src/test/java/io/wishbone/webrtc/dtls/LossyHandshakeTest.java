package io.wishbone.webrtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.dtls.SimulatedHandshake.Network;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LossyHandshakeTest {

  private static final long MILLISECOND = 1_000_000;

  /// The last datagram of a handshake may be lost and its sender gone quiet: the other side repeats
  /// itself, so that both are connected whenever there is time for some attempts.
  @ParameterizedTest(name = "loss {0}, duplication {1}, delay up to {2} ms, fragments of {3}")
  @CsvSource({
    "0.0, 0.5,   0,    0",
    "0.0, 0.0,  80,    0",
    "0.1, 0.1,  20,    0",
    "0.3, 0.2,  60,    0",
    "0.0, 0.0,   0,  100",
    "0.0, 0.3,  80,  100",
    "0.1, 0.1,  40,  300",
  })
  void connectsThroughABadNetwork(double loss, double duplication, long delayMillis, int fragment) {
    var network = new Network(loss, duplication, delayMillis * MILLISECOND, fragment);
    for (long seed = 0; seed < 20; seed++) {
      var handshake = new SimulatedHandshake(network, seed).run();

      assertThat(handshake.isConnected())
          .as("seed %d: %s, %s", seed, handshake.clientState(), handshake.serverState())
          .isTrue();
      assertThat(handshake.clientConnected().keys().local())
          .isEqualTo(handshake.serverConnected().keys().remote());
    }
  }

  @Test
  void everySingleLossIsRecoveredInOneRetransmission() {
    int datagrams = new SimulatedHandshake(Network.PERFECT, 0).run().sent().size();

    for (int lost = 0; lost < datagrams; lost++) {
      int[] index = {0};
      int losing = lost;
      var handshake =
          SimulatedHandshake.between(SimulatedHandshake.newClient(), SimulatedHandshake.newServer())
              .dropping(_ -> index[0]++ == losing);
      long began = handshake.nowNanos();

      handshake.run();

      assertThat(handshake.isConnected()).as("datagram %d lost", lost).isTrue();
      assertThat(handshake.nowNanos() - began)
          .isLessThanOrEqualTo(RetransmissionTimer.FIRST_INTERVAL_NANOS);
    }
  }

  @Test
  void theSameSeedSendsTheSameMessagesAtTheSameTimes() {
    var network = new Network(0.2, 0.2, 30 * MILLISECOND, 0);
    for (long seed = 0; seed < 5; seed++) {
      assertThat(outline(network, seed)).isEqualTo(outline(network, seed));
    }
  }

  private static List<String> outline(Network network, long seed) {
    var outline = new ArrayList<String>();
    for (var delivery : new SimulatedHandshake(network, seed).run().sent()) {
      outline.add(
          delivery.atNanos()
              + (delivery.toServer() ? " > " : " < ")
              + Records.messageTypes(List.of(delivery.datagram())));
    }
    return outline;
  }
}
