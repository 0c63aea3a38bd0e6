package io.wishbone.client.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SwarmTest {
  private static final int PATIENCE_MILLIS = 20_000;

  @Test
  void whatAHandshakeHasToSendLeavesWhenItsStepIsDone() throws Exception {
    var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (var server = new DatagramSocket(loopback);
        var loops = new LoadLoops(1)) {
      server.setSoTimeout(PATIENCE_MILLIS);
      LoadSocket socket = LoadSocket.open(loops, loops.next(), LoadSocket.FEW_BYTES);
      var to = (InetSocketAddress) server.getLocalSocketAddress();

      loops
          .offload(socket)
          .run(
              () -> "ClientHello".getBytes(StandardCharsets.US_ASCII),
              (flight, _) -> socket.send(flight, to));

      var received = new DatagramPacket(new byte[100], 100);
      server.receive(received);
      assertThat(new String(received.getData(), 0, received.getLength(), StandardCharsets.US_ASCII))
          .isEqualTo("ClientHello");
    }
  }

  @Test
  void asksForNoMoreSessionsAtATimeThanAnHttp2ConnectionTakes() throws Exception {
    int rounds = 4;
    var asking = new AtomicInteger();
    var most = new AtomicInteger();
    // Each of a round waits for the others: fewer at a time would not get through.
    var round = new CyclicBarrier(Swarm.REQUESTS_AT_A_TIME);
    var signaling =
        new Signaling() {
          @Override
          public Session publish(int stream, String offer) {
            throw new UnsupportedOperationException();
          }

          @Override
          public Session play(int stream, String offer) throws ExecutionException {
            most.accumulateAndGet(asking.incrementAndGet(), Math::max);
            try {
              round.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            } catch (Exception e) {
              throw new ExecutionException(e);
            } finally {
              asking.decrementAndGet();
            }
            throw new ExecutionException(new IllegalStateException("full"));
          }
        };
    int viewers = rounds * Swarm.REQUESTS_AT_A_TIME;
    var plan = new LoadPlan(0, viewers, 100, 1, 1, Duration.ofSeconds(1), 1, 1, true, 0);
    try (var swarm = new Swarm(plan, signaling, moment -> {})) {
      swarm.join(viewers, 1e9);

      assertThat(swarm.failures()).containsExactly(viewers + " x full");
      assertThat(most).hasValue(Swarm.REQUESTS_AT_A_TIME);
    }
  }
}
